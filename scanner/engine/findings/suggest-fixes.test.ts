import { expect, test } from "vitest";
import { loadCompiledRules } from "../rules/compiled-rules.ts";
import { scanSource } from "../scan-source.ts";
import type { Grammar } from "../syntax/language.ts";

const rules = await loadCompiledRules();

/** The lines that the fixes of a file's findings add and remove. */
async function changes(grammar: Grammar, text: string): Promise<string[]> {
  const { findings } = await scanSource({ path: "app/x", text, grammar, scanSecrets: false }, rules);
  expect(findings.length).toBeGreaterThan(0);
  return findings.flatMap(({ suggestedFixes: [fix] }) =>
    (fix?.code ?? "none").split("\n").filter((line) => /^[+-][^+-]|^none/u.test(line)),
  );
}

test.each([
  ["python", "import hashlib\nhashlib.md5(x)\n", ["-hashlib.md5(x)", "+hashlib.sha256(x)"]],
  ["python", 'import hashlib\nhashlib.new("sha1")\n', ['-hashlib.new("sha1")', '+hashlib.new("sha256")']],
  [
    "python",
    'import requests\nrequests.get("x", verify=False)\n',
    ['-requests.get("x", verify=False)', '+requests.get("x")'],
  ],
  [
    "python",
    "import yaml\nfrom flask import request\nyaml.load(request.data, Loader=yaml.Loader)\n",
    ["-yaml.load(request.data, Loader=yaml.Loader)", "+yaml.safe_load(request.data)"],
  ],
  [
    "python",
    "import tarfile\ntarfile.open(path).extractall('out')\n",
    ["-tarfile.open(path).extractall('out')", "+tarfile.open(path).extractall('out', filter=\"data\")", "none"],
  ],
  [
    "python",
    "import random\ntoken = str(random.randint(1, 9))\n",
    ["-token = str(random.randint(1, 9))", "+token = str(random.SystemRandom().randint(1, 9))"],
  ],
  [
    "python",
    'import tempfile\nname = tempfile.mktemp(suffix=".csv")\n',
    ['-name = tempfile.mktemp(suffix=".csv")', '+name = tempfile.NamedTemporaryFile(suffix=".csv", delete=False).name'],
  ],
  [
    "python",
    "import sqlite3\nfrom flask import request\ndb.execute(\"SELECT a FROM b WHERE c = '%s'\" % request.args['c'])\n",
    [
      "-db.execute(\"SELECT a FROM b WHERE c = '%s'\" % request.args['c'])",
      "+db.execute(\"SELECT a FROM b WHERE c = ?\", (request.args['c'],))",
    ],
  ],
  [
    "python",
    "import psycopg\nfrom flask import request\nc = request.args['c']\ndb.execute(f\"SELECT a FROM b WHERE c = '{c}'\")\n",
    ["-db.execute(f\"SELECT a FROM b WHERE c = '{c}'\")", '+db.execute("SELECT a FROM b WHERE c = %s", (c,))'],
  ],
  [
    "python",
    "import logging\nfrom flask import request\nlogging.info(\"by %s\", request.args['who'])\n",
    ["-logging.info(\"by %s\", request.args['who'])", "+logging.info(\"by %r\", request.args['who'])"],
  ],
  [
    "python",
    "import os\nfrom flask import request\nopen(os.path.join('/srv', request.args['name']))\n",
    [
      "-open(os.path.join('/srv', request.args['name']))",
      "+open(os.path.join('/srv', os.path.basename(request.args['name'])))",
    ],
  ],
  [
    "javascript",
    'const q = new URLSearchParams(location.search).get("q");\ntitle.innerHTML = q;\n',
    ["-title.innerHTML = q;", "+title.textContent = q;"],
  ],
  [
    "javascript",
    'app.post("/", (req, res) => db.collection("u").findOne({ a: req.body.a, b: req.body.b }));\n',
    [
      '-app.post("/", (req, res) => db.collection("u").findOne({ a: req.body.a, b: req.body.b }));',
      '+app.post("/", (req, res) => db.collection("u").findOne({ a: String(req.body.a), b: String(req.body.b) }));',
    ],
  ],
  [
    "typescript",
    'import https from "https";\nhttps.get({ host: "x", rejectUnauthorized: false }, done);\n',
    [
      '-https.get({ host: "x", rejectUnauthorized: false }, done);',
      '+https.get({ host: "x", rejectUnauthorized: true }, done);',
    ],
  ],
  [
    "java",
    'class A { Object a = MessageDigest.getInstance("MD5"); }\n',
    [
      '-class A { Object a = MessageDigest.getInstance("MD5"); }',
      '+class A { Object a = MessageDigest.getInstance("SHA-256"); }',
    ],
  ],
] as const)("a change in %s that mends the code is offered: %j", async (grammar, text, expected) => {
  expect(await changes(grammar, text)).toEqual(expected);
});

test("a change that needs what the file does not import is not offered", async () => {
  const text = "from random import randint\ntoken = str(randint(1, 9))\n";
  expect(await changes("python", text)).toEqual(["none"]);
});

test("a change that leaves the problem in place is not offered", async () => {
  // The list holds a program of the sender's choice, with a shell or without.
  const text = "import subprocess\nfrom flask import request\nsubprocess.run([request.args['x']], shell=True)\n";
  expect(await changes("python", text)).toEqual(["none"]);
});

test("without a shell, the arguments of a fixed program do no harm, so that change is offered", async () => {
  const text = "import subprocess\nfrom flask import request\nsubprocess.run(['ls', request.args['x']], shell=True)\n";
  expect(await changes("python", text)).toEqual([
    "-subprocess.run(['ls', request.args['x']], shell=True)",
    "+subprocess.run(['ls', request.args['x']])",
  ]);
});
