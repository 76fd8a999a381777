import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";

const LARGEST_BYTES = 10_000_000;

export type LogFile = (line: string) => void;

/** Appends lines to a file; when that has 10 MB it becomes FILE.1 (the one before is dropped) and a new one begins. */
export function logFile(file: string): LogFile {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  let sizeBytes = existsSync(file) ? statSync(file).size : 0;
  return (line) => {
    if (sizeBytes >= LARGEST_BYTES) {
      renameSync(file, `${file}.1`);
      sizeBytes = 0;
    }
    appendFileSync(file, `${line}\n`, { mode: 0o600 });
    sizeBytes += Buffer.byteLength(line) + 1;
  };
}
