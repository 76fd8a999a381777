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
