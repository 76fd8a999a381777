import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { freePort } from "./ports.ts";
import { stopServer } from "./postgres/stop.ts";
import { isRunning } from "./processes.ts";

const dataDir = mkdtempSync(join(tmpdir(), "sightline-start-"));
const started: ChildProcess[] = [];

afterEach(async () => {
  for (const child of started.splice(0)) await stopChild(child);
  rmSync(dataDir, { recursive: true, force: true });
});

type Started = { child: ChildProcess; output: () => string; heard: (text: string) => Promise<string> };

function start(env: Record<string, string>): Started {
  const child = spawn(process.execPath, ["testing/tiny-sightline.ts"], {
    env: { ...process.env, DATA_DIR: dataDir, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  const lines: string[] = [];
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on("line", (line) => lines.push(line));
  let isClosed = false;
  child.once("close", () => {
    isClosed = true;
  });
  const heard = (text: string) =>
    until(() => {
      const line = lines.find((candidate) => candidate.includes(text));
      if (line === undefined && isClosed) throw new Error(`It ended without saying "${text}":\n${lines.join("\n")}`);
      return line;
    });
  return { child, heard, output: () => lines.join("\n") };
}

async function stopChild(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGTERM");
    await once(child, "exit");
  }
  return child.exitCode;
}

/** Looks again and again until there is an answer; the test's own time limit ends it. */
async function until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await wait(25);
  }
}

async function askWeb(port: number): Promise<{ pid: number; role: string } | undefined> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`);
    return response.ok ? JSON.parse(await response.text()) : undefined;
  } catch {
    return undefined;
  }
}

const serverPid = () => Number(readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[0]);
const freePorts = async () => ({
  PORT: String(await freePort()),
  SCANNER_PORT: String(await freePort()),
  SAMPLE_PORT: String(await freePort()),
});

test("everything starts, is refused a second time, and is gone soon after it was asked to stop", async () => {
  const ports = await freePorts();
  const first = start(ports);
  await first.heard("ready");
  const web = await until(() => askWeb(Number(ports.PORT)));
  expect(web.role).toBe("sightline_app");
  const stubborn = Number((await first.heard("stubborn is")).split(" ").at(-1));

  const second = start(await freePorts());
  await second.heard("already runs");
  expect(await stopChild(second.child)).toBe(1);

  const pids = [web.pid, stubborn, serverPid()];
  expect(await stopChild(first.child)).toBe(0);
  expect(pids.filter(isRunning)).toEqual([]);
});

test("a web process and a database that are killed come back where they were", async () => {
  const ports = await freePorts();
  const { heard } = start(ports);
  await heard("ready");
  const before = await until(() => askWeb(Number(ports.PORT)));
  process.kill(before.pid, "SIGKILL");
  await heard("web ended (SIGKILL); it starts again in 1 s");
  const after = await until(() => askWeb(Number(ports.PORT)));
  expect(after.pid).not.toBe(before.pid);

  process.kill(serverPid(), "SIGKILL");
  await heard("PostgreSQL ended; it starts again in 1 s");
  // The same process, on the same connection string.
  expect(await until(() => askWeb(Number(ports.PORT)))).toEqual(after);
});

test("after the supervisor was killed the next start finds its ports and its data free", async () => {
  const ports = await freePorts();
  const first = start(ports);
  await first.heard("ready");
  const web = await until(() => askWeb(Number(ports.PORT)));
  const stubborn = Number((await first.heard("stubborn is")).split(" ").at(-1));
  first.child.kill("SIGKILL");
  await once(first.child, "exit");

  const second = start(ports);
  await second.heard("ready");
  expect([web.pid, stubborn].filter(isRunning)).toEqual([]);
  expect(await until(() => askWeb(Number(ports.PORT)))).toMatchObject({ role: "sightline_app" });
});

test("what a killed supervisor left running ends by itself", async () => {
  const first = start(await freePorts());
  await first.heard("ready");
  const stubborn = Number((await first.heard("stubborn is")).split(" ").at(-1));
  first.child.kill("SIGKILL");
  await until(() => (isRunning(stubborn) ? undefined : true));
  await stopServer(serverPid());
});

test("a port that was asked for and is taken ends the start, naming it", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const { child, heard } = start({ ...(await freePorts()), PORT: String(port) });
  await heard(`Port ${port} (PORT) is taken`);
  expect(await stopChild(child)).toBe(1);
  server.close();
});
