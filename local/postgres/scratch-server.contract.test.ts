import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { isRunning } from "../processes.ts";
import { withClient } from "./roles.ts";
import { startScratchServer } from "./scratch-server.ts";

const folderOf = async (serverUrl: string) =>
  await withClient(serverUrl, async (client) => {
    const { rows } = await client.query<{ folder: string }>("SELECT current_setting('data_directory') AS folder");
    return rows[0]?.folder ?? "";
  });

test("a scratch server and its folder are gone once it is stopped", async () => {
  const { serverUrl, stop } = await startScratchServer();
  const folder = await folderOf(serverUrl);
  expect(existsSync(folder)).toBe(true);
  await stop();
  expect(existsSync(folder)).toBe(false);
});

test("a scratch server does not outlive a process that is killed", async () => {
  const code = `
    import { startScratchServer } from "#local/postgres/scratch-server.ts";
    console.log((await startScratchServer()).serverUrl);
    setInterval(() => {}, 1_000);`;
  const owner = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  const folder = await folderOf(String((await once(owner.stdout, "data"))[0]).trim());
  const pid = Number(readFileSync(`${folder}/postmaster.pid`, "utf8").split("\n")[0]);
  owner.kill("SIGKILL");
  while (isRunning(pid) || existsSync(folder)) await wait(50);
});
