import { spawnSync } from "node:child_process";
import { expect, test, vi } from "vitest";
import { isRunning } from "../processes.ts";

const module = new URL("exit-with-parent.ts", import.meta.url).href;
// Starts a child that would live for ever, says its pid, and is gone before the child has loaded anything.
const PARENT = `
  import { spawn } from "node:child_process";
  import { writeSync } from "node:fs";
  const { pid } = spawn(
    process.execPath,
    ["--import", "${module}?parent=" + process.pid, "-e", "setInterval(() => {}, 1000)"],
    { detached: true, stdio: ["ignore", "ignore", "ignore", "ipc"] },
  );
  writeSync(1, String(pid));
  process.kill(process.pid, "SIGKILL");
`;

test("a process whose supervisor was gone before it could be told ends all the same", async () => {
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", PARENT], { encoding: "utf8" });
  const pid = Number(stdout);
  expect(pid).toBeGreaterThan(0);
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 10_000, interval: 50 });
});
