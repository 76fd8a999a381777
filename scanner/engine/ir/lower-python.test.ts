import { expect, test } from "vitest";
import { loadCompiledRules } from "../rules/compiled-rules.ts";
import { scanSource } from "../scan-source.ts";

const rules = await loadCompiledRules();

/** What is found in Python code, by detector and line. */
async function found(text: string): Promise<string[]> {
  const file = { path: "app/main.py", text, grammar: "python" as const, scanSecrets: false };
  const { findings, cut } = await scanSource(file, rules);
  expect(cut).toBeNull();
  return findings.map(({ detectorId, startLine }) => `${detectorId.replace(/^python\/|@.*$/gu, "")}:${startLine}`);
}

const REQUEST = "from flask import request\n";

test.each([
  [
    "a generator's values",
    "def names():\n    yield request.args['n']\ndef f(db):\n    for name in names():\n        db.execute('x' + name)\n",
    "sql-injection:6",
  ],
  [
    "the names that a case binds",
    "def f(db):\n    match request.json:\n        case {'n': str() as name}:\n            db.execute('x' + name)\n",
    "sql-injection:5",
  ],
  [
    "fields of a dataclass that are given by position",
    "class Query:\n    name: str\n    def text(self):\n        return 'x' + self.name\ndef f(db):\n    db.execute(Query(request.args['n']).text())\n",
    "sql-injection:7",
  ],
  [
    "functions by their name and bound in advance",
    "import os, functools\ndef f():\n    functools.partial(getattr(os, 'system'))(request.args['c'])\n",
    "os-command-injection:4",
  ],
  [
    "what a path is joined of",
    "from pathlib import Path\ndef f():\n    (Path('x') / request.args['n']).open()\n",
    "path-traversal:4",
  ],
  [
    "a text that is answered with a status",
    "from flask import Flask\napp = Flask('x')\n@app.route('/')\ndef f():\n    return '<b>' + request.args['n'], 404\n",
    "cross-site-scripting:6",
  ],
])("input is followed through %s", async (_, code, expected) => {
  expect(await found(REQUEST + code)).toEqual([expected]);
});

test("a parameter that an enumeration bounds is no input", async () => {
  const code = (type: string) =>
    `from enum import Enum\nfrom fastapi import FastAPI\napp = FastAPI()\nclass Sort(str, Enum):\n    name = "name"\n@app.get("/x")\ndef f(sort: ${type}, db):\n    db.execute("x" + sort)\n`;
  expect(await found(code("str"))).toEqual(["sql-injection:8"]);
  expect(await found(code("Sort"))).toEqual([]);
});

test("a with block closes what it opens, also where it is handed through", async () => {
  const code = (body: string) => `import contextlib\ndef f(path):\n${body}    return file.read()\n`;
  expect(await found(code("    file = open(path)\n"))).toEqual(["resource-leak:3"]);
  expect(await found(code("    file = open(path)\n    with file:\n        pass\n"))).toEqual([]);
  expect(await found(code("    with contextlib.closing(open(path)) as file:\n        pass\n"))).toEqual([]);
});
