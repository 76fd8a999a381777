import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isRunning, processIdentity } from "../processes.ts";
import { acquireInstanceLock, portsOfRunningInstance } from "./instance-lock.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "sightline-lock-"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const ports = { web: 1, scanner: 2, sample: 3 };
const leave = (holder: object) => writeFileSync(join(dataDir, "instance.lock"), JSON.stringify(holder));

test("one data folder has one holder at a time", async () => {
  const lock = await acquireInstanceLock(dataDir);
  await expect(acquireInstanceLock(dataDir)).rejects.toThrow(`already runs on ${dataDir} (process ${process.pid})`);
  lock.release();
  (await acquireInstanceLock(dataDir)).release();
});

test("of many who start at once, one gets in", async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => acquireInstanceLock(dataDir)));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("a lock whose process number now belongs to somebody else is taken over", async () => {
  leave({ pid: process.pid, identity: "of an earlier life", children: [], ports });
  expect(portsOfRunningInstance(dataDir)).toBeUndefined();
  const lock = await acquireInstanceLock(dataDir);
  lock.savePorts(ports);
  expect(portsOfRunningInstance(dataDir)).toEqual(ports);
});

test("what a killed holder left running is ended, and no stranger that has its number", async () => {
  const start = () =>
    spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" });
  const [orphan, stranger] = [start(), start()];
  const [orphanPid = 0, strangerPid = 0] = [orphan.pid, stranger.pid];
  const ended = once(orphan, "exit");
  leave({
    pid: 2 ** 22 + 1, // beyond Linux's largest
    identity: "gone",
    children: [
      { pid: orphanPid, identity: processIdentity(orphanPid) },
      { pid: strangerPid, identity: "another's" },
    ],
  });
  await acquireInstanceLock(dataDir);
  expect((await ended)[1]).toBe("SIGKILL");
  expect(isRunning(strangerPid)).toBe(true);
  stranger.kill("SIGKILL");
});
