import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { logFile } from "./log-file.ts";

const folder = mkdtempSync(join(tmpdir(), "sightline-log-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a log goes on where it ended, for its owner's eyes only", () => {
  const file = join(folder, "web.log");
  logFile(file)("one");
  logFile(file)("two");
  expect(readFileSync(file, "utf8")).toBe("one\ntwo\n");
  expect(statSync(file).mode & 0o077).toBe(0);
});

test("a log that has grown large starts anew and keeps the one before", () => {
  const file = join(folder, "worker.log");
  logFile(file)("old");
  truncateSync(file, 10_000_000);
  logFile(file)("new");
  expect(readFileSync(file, "utf8")).toBe("new\n");
  expect(statSync(`${file}.1`).size).toBe(10_000_000);
});
