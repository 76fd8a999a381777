import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EntryFixture, zipOf } from "./archive/zip-fixture.ts";
import type { ScanProgress, ScanResult, SkippedFile } from "./engine-finding.ts";
import { scanArchive } from "./scan-archive.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "scan-test-"));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

type Options = { signal?: AbortSignal; fileDeadlineMs?: number; onProgress?: (progress: ScanProgress) => void };

/** Scans an archive of these files with one worker. */
async function scan(files: Record<string, string | Buffer>, options: Options = {}): Promise<ScanResult> {
  const entries = Object.entries(files).map(([name, content]): EntryFixture => ({ name, content, method: 0 }));
  const path = join(folder, "code.zip");
  await writeFile(path, zipOf({ entries }));
  const { signal = new AbortController().signal, onProgress = () => {}, ...others } = options;
  return scanArchive(path, { signal, onProgress, workers: 1, ...others });
}

const places = ({ findings }: ScanResult) =>
  findings.map((finding) => `${finding.detectorId} ${finding.path}:${finding.startLine}`);
const reasons = (skipped: SkippedFile[]) => Object.fromEntries(skipped.map(({ path, reason }) => [path, reason]));

const VULNERABLE = `import sqlite3
from flask import request

def find():
    name = request.args["name"]
    query = "SELECT * FROM users WHERE name = '%s'" % name
    return sqlite3.connect("app.db").execute(query)
`;
const EVAL = `module.exports = (req, res) => {\n  eval(req.query.code);\n};\n`;

test("finds what is wrong in a project of two languages, worst first, with the way the input takes", async () => {
  const result = await scan({ "shop/app.py": VULNERABLE, "shop/web/run.js": EVAL, "shop/README.md": "# Shop\n" });
  expect(places(result)).toEqual([
    "javascript/code-injection@v1.0 shop/web/run.js:2",
    "python/sql-injection@v1.0 shop/app.py:7",
  ]);
  expect(result.findings[1]?.steps.map(({ label, line }) => [label, line])).toEqual([
    ["source", 5],
    ["step", 6],
    ["sink", 7],
  ]);
  expect(result.findings[1]?.snippet.find(({ number }) => number === 7)?.content).toContain("execute(query)");
  expect(result).toMatchObject({ filesScanned: 2, languages: { python: 1, javascript: 1 }, skippedFiles: [] });
});

test("a finding's fingerprint stays when lines move and blanks change, and differs between places", async () => {
  const [before] = (await scan({ "app.py": VULNERABLE })).findings;
  const [moved] = (await scan({ "app.py": `\n\n${VULNERABLE.replaceAll("    ", "\t")}` })).findings;
  const [other] = (await scan({ "app.py": VULNERABLE.replace("app.db", "other.db") })).findings;
  expect(moved?.startLine).toBe(9);
  expect(moved?.fingerprint).toBe(before?.fingerprint);
  expect(other?.fingerprint).not.toBe(before?.fingerprint);
});

test("follows input from file to file, and tells it once, where it does harm", async () => {
  const result = await scan({
    "shop/views.py":
      "from flask import request\nfrom .store import users\n\ndef find():\n    return users.by_name(request.args['name'])\n",
    "shop/store/__init__.py": "",
    "shop/store/users.py":
      "from ..db import cursor\n\ndef by_name(name):\n    return cursor().execute('SELECT 1 WHERE n = ' + name)\n",
    "shop/db.py": "import sqlite3\n\ndef cursor():\n    return sqlite3.connect('a.db').cursor()\n",
    "web/routes.ts":
      'import { Router } from "express";\nimport * as files from "./files.js";\nRouter().get("/x", (a, b) => files.default.read(a.query.name));\n',
    "web/files.ts": 'import fs from "fs";\nexport default { read: (name: string) => fs.readFileSync(name) };\n',
    "web/old.js": 'const { run } = require("./commands");\nmodule.exports = (req) => run(req.body.name);\n',
    "web/commands.js": 'const { exec } = require("child_process");\nexports.run = (name) => exec("ls " + name);\n',
  });
  expect(places(result)).toEqual([
    "javascript/os-command-injection@v1.0 web/commands.js:2",
    "python/sql-injection@v1.0 shop/store/users.py:4",
    "javascript/path-traversal@v1.0 web/files.ts:2",
  ]);
  expect(result.findings[1]?.steps.map(({ path, line }) => `${path}:${line}`)).toEqual([
    "shop/views.py:5",
    "shop/store/users.py:3",
    "shop/store/users.py:4",
  ]);
});

test("follows what an address holds into the view that it leads to, unless it can be a number only", async () => {
  const read = (name: string) => `def ${name}(request, id):\n    return open("/srv/" + id)\n\n`;
  const result = await scan({
    "shop/views.py": `${read("text")}${read("number")}${read("word")}${read("digits")}`,
    "shop/urls.py": [
      "from django.urls import path, re_path",
      "from . import views",
      "urlpatterns = [",
      '    path("a/<id>", views.text), path("b/<int:id>", views.number),',
      '    re_path(r"^c/(?P<id>.+)$", views.word), re_path(r"^d/(?P<id>\\d+)$", views.digits),',
      "]",
    ].join("\n"),
  });
  const found = result.findings.filter(({ detectorId }) => detectorId === "python/path-traversal@v1.0");
  expect(found.map(({ path, startLine }) => `${path}:${startLine}`)).toEqual(["shop/views.py:2", "shop/views.py:8"]);
  expect(found[0]?.steps[0]).toMatchObject({ path: "shop/urls.py", line: 4 });
});

test("lists every file of code that it leaves out, with the reason", async () => {
  const { skippedFiles, findings } = await scan({
    "app.py": "x = 1\n",
    "tests/test_app.py": VULNERABLE,
    "web/app.test.ts": EVAL,
    "node_modules/left-pad/index.js": EVAL,
    "web/jquery-3.7.1.js": EVAL,
    "web/app.min.js": EVAL,
    "web/packed.js": `var a=${"[1,2,3],".repeat(2_000)}0;`,
    "main.go": "package main\n",
    "lib/tool.jar": "PK",
    "blob.py": Buffer.from([0x78, 0x00, 0x01, 0x02]),
    "huge.py": "x = 1\n".repeat(200_000),
    "logo.png": Buffer.from([0x89, 0x50]),
  });
  expect(findings).toEqual([]);
  expect(reasons(skippedFiles)).toEqual({
    "tests/test_app.py": "test-code",
    "web/app.test.ts": "test-code",
    "node_modules/left-pad/index.js": "third-party",
    "web/jquery-3.7.1.js": "third-party",
    "web/app.min.js": "minified",
    "web/packed.js": "minified",
    "main.go": "unsupported-language",
    "lib/tool.jar": "nested-archive",
    "blob.py": "binary",
    "huge.py": "too-large",
  });
});

test("a link is not followed but named", async () => {
  const path = join(folder, "link.zip");
  await writeFile(
    path,
    zipOf({
      entries: [
        { name: "app.py", content: "x = 1\n" },
        { name: "passwd.py", content: "/etc/passwd", mode: 0o120777 },
      ],
    }),
  );
  const result = await scanArchive(path, { signal: new AbortController().signal, onProgress: () => {}, workers: 1 });
  expect(reasons(result.skippedFiles)).toEqual({ "passwd.py": "symlink" });
});

test("code around what does not parse, or is not UTF-8, is scanned all the same", async () => {
  const broken = VULNERABLE.replace("def find", "def (:\n    ][\n\ndef find");
  const latin = Buffer.concat([Buffer.from("# caf"), Buffer.from([0xe9, 0x0a]), Buffer.from(VULNERABLE)]);
  const result = await scan({ "broken.py": broken, "latin.py": latin, "broken.js": `const = ;\n${EVAL}\n)))` });
  expect(new Set(result.findings.map(({ path }) => path))).toEqual(new Set(["broken.py", "latin.py", "broken.js"]));
});

const HOSTILE: [name: string, path: string, text: string][] = [
  ["parentheses nested ten thousand deep", "a.py", `x = ${"(\n".repeat(10_000)}1${")\n".repeat(10_000)}\n`],
  ["lists nested ten thousand deep", "a.js", `x = ${"[\n".repeat(10_000)}${"]\n".repeat(10_000)};\n`],
  ["blocks nested ten thousand deep", "a.js", `${"{\n".repeat(10_000)}${"}\n".repeat(10_000)}\n`],
  ["calls nested five thousand deep", "a.js", `${"f(\n".repeat(5_000)}1${")".repeat(5_000)};\n`],
  ["functions nested a thousand deep", "a.js", `${"(() =>\n".repeat(1_000)}1${")".repeat(1_000)};\n`],
  ["a chain of calls two thousand long", "a.js", `x${"\n.f()".repeat(2_000)};\n`],
  [
    "indentation a thousand deep",
    "a.py",
    Array.from({ length: 1_000 }, (_, depth) => `${" ".repeat(depth)}if x:`).join("\n"),
  ],
  ["more nodes than a file may have", "a.py", `x = [\n${"1, 2, 3,\n".repeat(100_000)}]\n`],
];

test.each(HOSTILE)("survives %s and says that it was cut short", async (_, path, text) => {
  const result = await scan({ [path]: text, "app.py": VULNERABLE });
  expect(reasons(result.skippedFiles)).toEqual({ [path]: "analysis-cut-short" });
  expect(places(result)).toEqual(["python/sql-injection@v1.0 app.py:7"]);
});

const LARGE: [name: string, path: string, text: string][] = [
  ["a sum of twenty thousand parts", "a.py", `x = ${"a +\\\n".repeat(20_000)}1\n`],
  ["a text in twenty thousand pieces", "a.js", `x = ${'"a" +\n'.repeat(20_000)}"b";\n`],
  [
    "five hundred branches of one condition",
    "a.py",
    `if x == 0:\n  y = 0\n${Array.from({ length: 500 }, (_, n) => `elif x == ${n}:\n  y = ${n}`).join("\n")}\n`,
  ],
  [
    "a hundred functions that call each other twice",
    "a.py",
    Array.from({ length: 100 }, (_, n) => `def f${n}(x):\n  f${n + 1}(x)\n  return f${n + 1}(x)`).join("\n"),
  ],
  ["a function that calls itself", "a.js", "function f(x) { return f(f(x)); }\nf(process.argv[2]);\n"],
  [
    "lists that hold one another many times",
    "a.py",
    `a = ["1"]\n${Array.from({ length: 8 }, () => `a = [${"a, ".repeat(100)}]`).join("\n")}\nf(a)\n`,
  ],
  ["ten thousand variables", "a.py", Array.from({ length: 10_000 }, (_, n) => `v${n} = v${n - 1}`).join("\n")],
  ["line ends of three kinds", "a.js", "a = 1;\r\nb = 2;\rc = 3;\n"],
  ["types nested a thousand deep", "a.ts", `let x: ${"Array<\n".repeat(1_000)}string${">".repeat(1_000)};\n`],
  ["nothing at all", "a.py", ""],
];

test.each(LARGE)("analyses %s to its end", async (_, path, text) => {
  const result = await scan({ [path]: text, "app.py": VULNERABLE });
  expect(result.skippedFiles).toEqual([]);
  expect(places(result)).toEqual(["python/sql-injection@v1.0 app.py:7"]);
});

test("a file whose analysis takes longer than it may is reported, its worker replaced, and the scan goes on", async () => {
  const long = "value = [1, 2, 3]\n".repeat(50_000);
  const result = await scan({ "a.py": long, "b.py": long }, { fileDeadlineMs: 1 });
  expect(reasons(result.skippedFiles)).toEqual({ "a.py": "parse-timeout", "b.py": "parse-timeout" });
});

test("stops when told to, and leaves nothing behind on the disk", async () => {
  const stop = new AbortController();
  const onProgress = ({ done }: ScanProgress) => done === 1 && stop.abort();
  const files = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`m${n}.py`, VULNERABLE]));
  await expect(scan(files, { signal: stop.signal, onProgress })).rejects.toThrow(
    expect.objectContaining({ name: "AbortError" }),
  );
  expect((await readdir(folder)).sort()).toEqual(["code.zip", "link.zip"]);
});

test("tells how far it is, file by file", async () => {
  const seen: ScanProgress[] = [];
  await scan({ "a.py": "x = 1\n", "b.py": "x = 2\n" }, { onProgress: (progress) => seen.push(progress) });
  expect(seen[0]).toEqual({ stage: "reading", done: 0, total: 0 });
  expect(seen.at(-1)).toEqual({ stage: "analysing", done: 2, total: 2 });
});

test("an archive without code is refused, and so is one whose code is damaged", async () => {
  await expect(scan({ "logo.png": "PNG" })).rejects.toThrow(expect.objectContaining({ code: "nothing-to-scan" }));
  const path = join(folder, "damaged.zip");
  await writeFile(
    path,
    zipOf({ entries: [{ name: "app.py", content: VULNERABLE, central: { crc32: 1 }, local: { crc32: 1 } }] }),
  );
  const scanning = scanArchive(path, { signal: new AbortController().signal, onProgress: () => {}, workers: 1 });
  await expect(scanning).rejects.toThrow(expect.objectContaining({ code: "bad-checksum" }));
});

test("what a request brings to one Java class is followed into another of its package", async () => {
  const { findings } = await scan({
    "src/app/Page.java":
      "package app;\nimport javax.servlet.http.*;\nclass Page {\n  private Rows rows = new Rows();\n" +
      '  void get(HttpServletRequest request) throws Exception {\n    rows.find(request.getParameter("n"));\n  }\n}\n',
    "src/app/Rows.java":
      "package app;\nimport java.sql.*;\nclass Rows {\n  private Statement statement;\n" +
      '  Object find(String name) throws Exception {\n    return statement.executeQuery("x" + name);\n  }\n}\n',
  });
  expect(findings.map(({ path, startLine, detectorId }) => `${detectorId} ${path}:${startLine}`)).toEqual([
    "java/sql-injection@v1.0 src/app/Rows.java:6",
  ]);
});
