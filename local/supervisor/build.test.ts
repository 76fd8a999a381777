import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type BuildStep, isFresh, runBuildStep } from "./build.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sightline-build-"));
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "src", "a.ts"), "1");
});
afterEach(() => rmSync(folder, { recursive: true }));

const { signal } = new AbortController();

function step(code: string): BuildStep {
  return {
    name: "probe",
    title: "Probing",
    args: ["-e", code],
    inputs: [join(folder, "src", "**", "*")],
    outcome: join(folder, "out"),
    stamp: join(folder, "stamp"),
  };
}
const writes = () => step(`require("node:fs").writeFileSync(${JSON.stringify(join(folder, "out"))}, "")`);

test("a step is fresh until an input changes, comes or goes, or its outcome is gone", async () => {
  expect(isFresh(writes())).toBe(false);
  await runBuildStep(writes(), folder, signal);
  expect(isFresh(writes())).toBe(true);

  writeFileSync(join(folder, "src", "a.ts"), "2");
  expect(isFresh(writes())).toBe(false);
  await runBuildStep(writes(), folder, signal);
  writeFileSync(join(folder, "src", "b.ts"), "");
  expect(isFresh(writes())).toBe(false);
  rmSync(join(folder, "src", "b.ts"));
  expect(isFresh(writes())).toBe(true);

  rmSync(join(folder, "out"));
  expect(isFresh(writes())).toBe(false);
});

test("a test file is no input", async () => {
  await runBuildStep(writes(), folder, signal);
  writeFileSync(join(folder, "src", "a.test.ts"), "");
  expect(isFresh(writes())).toBe(true);
});

test("a step that fails shows its last lines, keeps all of them in the log, and is not fresh", async () => {
  const failing = step(`for (let i = 0; i < 50; i++) console.log("line " + i); process.exit(3)`);
  const failure = runBuildStep(failing, folder, signal);
  await expect(failure).rejects.toThrow(/line 20\n[\s\S]*line 49/);
  await expect(failure).rejects.not.toThrow(/line 19\n/);
  expect(readFileSync(join(folder, "probe.log"), "utf8")).toContain("line 0\n");
  expect(existsSync(failing.stamp)).toBe(false);
});

test("a step that ends well but leaves no outcome has failed", async () => {
  await expect(runBuildStep(step(""), folder, signal)).rejects.toThrow(/probe failed/);
});

test("aborting ends the step", async () => {
  const abort = new AbortController();
  const endless = runBuildStep(step("setInterval(() => {}, 1000)"), folder, abort.signal);
  abort.abort();
  await expect(endless).rejects.toThrow(/abort/i);
});
