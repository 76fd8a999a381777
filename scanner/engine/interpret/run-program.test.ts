import { describe, expect, test } from "vitest";
import { NO_PROJECT } from "../project/source-module.ts";
import { loadCompiledRules } from "../rules/compiled-rules.ts";
import { loadCode, scanSource } from "../scan-source.ts";
import type { Grammar } from "../syntax/language.ts";
import { runProgram } from "./run-program.ts";

const rules = await loadCompiledRules();

/** The lines on which untrusted input reaches `eval`. */
async function evalLines(grammar: Grammar, lines: string[]): Promise<number[]> {
  const text = lines.join("\n");
  const { findings } = await scanSource({ path: "src/main", text, grammar, scanSecrets: false }, rules);
  return findings.filter(({ detectorId }) => detectorId.includes("code-injection")).map(({ startLine }) => startLine);
}

const python = (...lines: string[]) => evalLines("python", ["from flask import request", ...lines]);
const javascript = (...lines: string[]) => evalLines("typescript", ["export function run(req, res) {", ...lines, "}"]);

describe("input is followed through", () => {
  test.each([
    ["assignments", ["x = request.args['a']", "y = z = x", "eval(z)"], 4],
    ["concatenation and formatting", ["x = 'a%s' % ('{}'.format(f\"{request.args['a']}\"),)", "eval(x)"], 3],
    ["lists and loops", ["xs = []", "xs.append(request.args['a'])", "for x in xs:", "    eval(x)"], 5],
    ["dictionaries", ["d = {'k': request.args['a'], 'n': 1}", "eval(d['k'])"], 3],
    ["unpacking", ["a, (b, c) = 1, (2, request.args['a'])", "eval(c)"], 3],
    ["comprehensions", ["xs = [x.strip() for x in request.args.getlist('a')]", "eval(xs[0])"], 3],
    [
      "global variables, whichever function comes first",
      ["LAST = ''", "def run():", "    eval(LAST)", "def take():", "    global LAST", "    LAST = request.args['a']"],
      4,
    ],
    [
      "variables of a function around",
      [
        "def f():",
        "    last = ''",
        "    def take():",
        "        nonlocal last",
        "        last = request.args['a']",
        "    take()",
        "    eval(last)",
      ],
      8,
    ],
    ["functions", ["def f(x, y='b'):", "    return y + x", "eval(f(request.args['a']))"], 4],
    ["defaults and keywords", ["def f(a, *, key=None):", "    eval(key)", "f(1, key=request.args['a'])"], 3],
    [
      "fields of objects",
      [
        "class A:",
        "    def __init__(self, x):",
        "        self.x = x",
        "    def run(self):",
        "        eval(self.x)",
        "A(request.args['a']).run()",
      ],
      6,
    ],
    [
      "a variable set before a break",
      ["x = ''", "for k in request.args.keys():", "    x = k", "    break", "eval(x)"],
      6,
    ],
    ["one of two branches", ["x = '1'", "if unknown:", "    x = request.args['a']", "eval(x)"], 5],
    ["what a handler of errors sees", ["try:", "    x = request.args['a']", "    go()", "except E:", "    eval(x)"], 6],
    ["a lambda", ["f = lambda x: eval(x)", "f(request.args['a'])"], 2],
  ])("%s in Python", async (_, lines, expected) => {
    expect(await python(...lines)).toEqual([expected]);
  });

  test.each([
    ["destructuring with renaming and defaults", ["const { a: b = '1', ...rest } = req.query;", "eval(b);"], 3],
    ["holes in arrays", ["const [, x] = ['1', req.query.a];", "eval(x);"], 3],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is in the code under test
    ["templates", ["eval(`f(${req.query.a})`);"], 2],
    ["spread", ["const o = { ...{ a: req.query.a } };", "eval(o.a);"], 3],
    ["callbacks", ["[req.query.a].forEach((x) => eval(x));"], 2],
    ["promises", ["Promise.resolve(req.query.a).then((x) => eval(x));"], 2],
    ["closures that assign", ["let x = '1';", "go(() => { x = req.query.a; });", "eval(x);"], 4],
    ["optional chaining and casts", ["eval((req?.query?.a as string)!);"], 2],
    ["`||` with a fallback", ["const x = req.query.a || '1';", "eval(x);"], 3],
    [
      "switch with fallthrough labels",
      ["let x = '1';", "switch (mode) { case 1: case 2: x = req.query.a; break; default: x = '2'; }", "eval(x);"],
      4,
    ],
  ])("%s in TypeScript", async (_, lines, expected) => {
    expect(await javascript(...lines)).toEqual([expected]);
  });
});

describe("input is harmless once it was", () => {
  test.each([
    ["turned into a number", ["eval(str(int(request.args['a'])))"]],
    ["looked up in a list", ["x = request.args['a']", "if x in ['1', '2']:", "    eval(x)"]],
    [
      "refused where it is not in a list",
      ["x = request.args['a']", "if x not in ALLOWED:", "    raise E()", "eval(x)"],
    ],
    [
      "skipped where it is not in a list",
      ["for x in request.args.getlist('a'):", "    if x not in ('1', '2'):", "        continue", "    eval(x)"],
    ],
    ["matched as a whole", ["import re", "x = request.args['a']", "if re.match(r'^[0-9]+$', x):", "    eval(x)"]],
    ["overwritten", ["x = request.args['a']", "x = '1'", "eval(x)"]],
    ["taken out of a list again", ["xs = ['1']", "xs.append(request.args['a'])", "xs.pop()", "eval(xs[0])"]],
    ["on the side that is never taken", ["x = request.args['a']", "if 1 > 2:", "    eval(x)"]],
    ["only compared or counted", ["eval(str(len(request.args['a'])) + str(request.args['a'] == 'b'))"]],
  ])("%s in Python", async (_, lines) => {
    expect(await python(...lines)).toEqual([]);
  });

  test.each([
    ["compared with a constant", ["if (req.query.a === '1') eval(req.query.a);"]],
    ["looked up in a list", ["const x = req.query.a;", "if (!['1', '2'].includes(x)) return;", "eval(x);"]],
    ["matched as a whole", ["if (/^\\d+$/.test(req.query.a)) eval(req.query.a);"]],
    ["only a key", ["const f = { a: '1', b: '2' };", "eval(f[req.query.a]);"]],
    ["compared in a switch", ["switch (req.query.a) { case '1': eval(req.query.a); }"]],
  ])("%s in TypeScript", async (_, lines) => {
    expect(await javascript(...lines)).toEqual([]);
  });

  test("but not by a pattern that lets anything through, or only looks at a part", async () => {
    expect(await javascript("if (/^a.*$/.test(req.query.a)) eval(req.query.a);")).toEqual([2]);
    expect(await javascript("if (/[0-9]+/.test(req.query.a)) eval(req.query.a);")).toEqual([2]);
  });
});

test("a derived class hands on what it is made with", async () => {
  const base = ["class Base {", "  constructor(x) { this.x = x; }", "  run() { eval(this.x); }", "}"];
  const derived = ["class Sub extends Base {", "  constructor(x) { super(x); }", "}"];
  expect(await javascript(...base, ...derived, "new Sub(req.query.a).run();")).toEqual([4]);
});

describe("objects of functions, as they were made before there were classes", () => {
  const makes = ["function F(x) {", "  this.x = x;", "  this.run = function () { eval(this.x); };", "}"];

  test("keep what they were made with", async () => {
    expect(await javascript(...makes, "new F(req.query.a).run();")).toEqual([4]);
    expect(await javascript(...makes, "new F('1').run();")).toEqual([]);
  });

  test("have what their prototype has", async () => {
    const lines = ["function F() {}", "F.prototype.run = function (x) { eval(x); };", "new F().run(req.query.a);"];
    expect(await javascript(...lines)).toEqual([3]);
  });
});

test("a parameter of a framework's type is what the framework calls it", async () => {
  const text = [
    'import type { Request, Response } from "express";',
    "export const download = ({ query }: Request, answer: Response) => answer.sendFile(query.name);",
  ].join("\n");
  const file = { path: "src/main.ts", text, grammar: "typescript" as const, scanSecrets: false };
  const { findings } = await scanSource(file, rules);
  expect(findings.map(({ detectorId }) => detectorId)).toEqual(["javascript/path-traversal@v1.0"]);
});

test("names that every object has are names like any other", async () => {
  expect(
    await javascript(
      "const o = {}; o.constructor(1).toString().valueOf(); o.__proto__.hasOwnProperty(2);",
      "eval(req.query.a);",
    ),
  ).toEqual([3]);
  expect(await python("x = request.args['a'].constructor().__init__()", "eval(x)")).toEqual([3]);
});

test("a run that needs more steps than it has says so, and keeps what it found", async () => {
  const text = ["from flask import request", "eval(request.args['a'])", "x = [1, 2, 3]", "y = [1, 2, 3]"].join("\n");
  const { module } = await loadCode({ path: "a.py", text, grammar: "python" });
  const run = (maxSteps: number) =>
    runProgram(module!, { rules: rules.languages.python, project: NO_PROJECT, maxSteps });
  expect(run(12)).toMatchObject({ isCut: true, hits: [{ place: { line: 2 } }] });
  expect(run(1_000)).toMatchObject({ isCut: false, hits: [{ place: { line: 2 } }] });
});
