import { rmSync } from "node:fs";
import { text } from "node:stream/consumers";
import { stopServer } from "./stop.ts";

// Runs beside a scratch server: node remove-scratch.ts PID FOLDER. Its input ends when the server is to be stopped, or
// when whoever started that is gone, even killed; then server and folder go.
const [pid, folder] = process.argv.slice(2);
await text(process.stdin);
await stopServer(Number(pid));
if (folder) rmSync(folder, { recursive: true, force: true });
