import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";

const run = (...args: string[]) =>
  spawn(process.execPath, ["local/bootstrap.mjs", ...args], { stdio: ["ignore", "pipe", "inherit"] });

test("a program's exit code is the command's", async () => {
  expect(await once(run("-e", "process.exit(7)"), "exit")).toEqual([7, null]);
});

test("a signal to the command reaches the program, whose own ending counts", async () => {
  const waits = "process.on('SIGTERM', () => process.exit(5)); setInterval(() => {}, 1e3); console.log('up')";
  const child = run("-e", waits);
  await once(child.stdout, "data");
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([5, null]);
});

test("a program can tell that the command was killed", async () => {
  const waits = "process.on('disconnect', () => console.log('alone')); console.log('up')";
  const child = run("-e", waits);
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  expect(String((await once(child.stdout, "data"))[0])).toBe("alone\n");
});
