import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { sarifFaults } from "#testing/sarif-schema.ts";
import { scanCommand } from "./scan-command.ts";

// Each run starts worker threads and loads grammars.
vi.setConfig({ testTimeout: 60_000 });

const unsafe = `import sqlite3
from flask import request

def user():
    name = request.args["name"]
    with sqlite3.connect("app.db") as db:
        return db.execute("SELECT * FROM user WHERE name = '" + name + "'").fetchall()
`;
const folder = mkdtempSync(join(tmpdir(), "scan-command-"));
const project = join(folder, "shop");

beforeAll(() => {
  for (const name of ["src", "node_modules/x", ".git"]) mkdirSync(join(project, name), { recursive: true });
  writeFileSync(join(project, "src/app.py"), unsafe);
  writeFileSync(join(project, "src/main.go"), "package main");
  writeFileSync(join(project, "node_modules/x/index.js"), "eval(location.hash)");
  writeFileSync(join(project, ".git/hook.py"), unsafe);
  symlinkSync("/etc/passwd", join(project, "src/link.py"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command as a pipeline would: no terminal. */
async function run(...words: string[]) {
  const printed = { out: "", err: "" };
  const code = await scanCommand(words, {
    stdout: { write: (text) => (printed.out += text) },
    stderr: { write: (text) => (printed.err += text) },
    signal: new AbortController().signal,
  });
  return { code, ...printed };
}

test("a folder is scanned, with what was left out and why", async () => {
  const { code, out, err } = await run(project);
  expect([code, err]).toEqual([0, ""]);
  expect(out).toContain("High  CWE-89 - SQL injection");
  expect(out).toContain("src/app.py:7  python/sql-injection@");
  expect(out).toMatch(/>\s+7\s+return db\.execute/);
  for (const line of ["node_modules/ (third-party)", "src/main.go (unsupported-language)", "src/link.py (symlink)"])
    expect(out).toContain(line);
  expect(out).toMatch(/1 files, \d+ lines: 1 findings \(1 high\)\.\n$/);
});

test("the gate fails for what is severe enough and not in the baseline", async () => {
  expect(await run(project, "--fail-on", "HIGH")).toMatchObject({
    code: 1,
    err: expect.stringContaining("1 findings"),
  });
  expect(await run(project, "--fail-on", "critical")).toMatchObject({ code: 0 });
  const baseline = join(folder, "baseline.json");
  writeFileSync(baseline, (await run(project, "--format", "json")).out);
  writeFileSync(join(project, "src/app.py"), `# moved down\n\n${unsafe}`);
  expect(await run(project, "--fail-on", "high", "--baseline", baseline)).toMatchObject({ code: 0 });
  writeFileSync(join(project, "src/more.py"), unsafe.replace("user()", "other()"));
  const { code, out } = await run(project, "--fail-on", "high", "--baseline", baseline);
  expect([code, out]).toEqual([1, expect.stringContaining("1 not in the baseline")]);
  rmSync(join(project, "src/more.py"));
});

test("SARIF has a rule, a result with its way through the code, and a note for each file left out", async () => {
  const { out } = await run(project, "--format", "sarif");
  const log = JSON.parse(out);
  expect(sarifFaults(log)).toEqual([]);
  const [sarif] = log.runs;
  expect(sarif.tool.driver.rules).toMatchObject([{ id: expect.stringMatching(/^python\/sql-injection/) }]);
  const [result] = sarif.results;
  expect(result).toMatchObject({ level: "error", ruleIndex: 0, baselineState: "new" });
  expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe("src/app.py");
  expect(result.codeFlows[0].threadFlows[0].locations.length).toBeGreaterThan(1);
  expect(sarif.invocations[0].toolExecutionNotifications).toHaveLength(3);
});

test.each([
  ["nothing named", []],
  ["two things named", ["a", "b"]],
  ["a format that is none", [project, "--format", "xml"]],
  ["a severity that is none", [project, "--fail-on", "bad"]],
  ["an option that is none", [project, "--quiet"]],
  ["a baseline that is none", [project, "--baseline", join(project, "src/app.py")]],
  ["a path that is not there", [join(folder, "none")]],
])("%s ends with 2 and says how it is meant", async (_name, words) => {
  expect(await run(...words)).toMatchObject({ code: 2, out: "", err: expect.stringContaining("Usage:") });
});

test("a file that is no zip, and a folder without code, could not be scanned", async () => {
  const empty = join(folder, "empty");
  mkdirSync(empty);
  expect(await run(join(project, "src/app.py"))).toMatchObject({ code: 2, err: expect.stringContaining("not-a-zip") });
  expect(await run(empty)).toMatchObject({ code: 2, err: expect.stringContaining("nothing-to-scan") });
});

test("what files hold cannot command the terminal", async () => {
  writeFileSync(join(project, "src/app.py"), unsafe.replace("SELECT", "\u001b]0;owned\u0007SELECT"));
  const { out } = await run(project);
  expect(out).toContain("owned");
  expect(out).not.toContain("\u001b");
  expect(out).not.toContain("\u0007");
});
