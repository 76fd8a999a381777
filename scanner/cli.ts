import { scanCommand } from "./cli/scan-command.ts";

const interrupted = new AbortController();
process.once("SIGINT", () => interrupted.abort(new Error("Interrupted")));
process.once("SIGTERM", () => interrupted.abort(new Error("Interrupted")));

const { stdout, stderr } = process;
process.exitCode = await scanCommand(process.argv.slice(2), { stdout, stderr, signal: interrupted.signal });
