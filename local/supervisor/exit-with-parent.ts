import { isMainThread } from "node:worker_threads";
import { isRunning, killGroup } from "../processes.ts";

// Loaded into every process that the supervisor starts. The channel closes when the supervisor is gone, even killed:
// then this process stops as if asked to, and its whole group with it if it does not.
const GRACE_MS = 3_000;

const supervisor = Number(new URL(import.meta.url).searchParams.get("parent"));

// Node hands `--import` on to the workers that a process forks; their channel is that process's own business.
if (!isRunning(supervisor) || (supervisor === process.ppid && !process.connected && isMainThread)) {
  // It was gone before there was anybody to be told.
  process.kill(process.pid, "SIGTERM");
} else if (supervisor === process.ppid) {
  process.on("disconnect", () => {
    setTimeout(() => killGroup(process.pid), GRACE_MS).unref();
    process.kill(process.pid, "SIGTERM");
  });
  // Listening must not keep a process alive that has nothing left to do.
  process.channel?.unref();
}
