/** A file that is made to harm whoever analyses it. It ends in `CANARY`, so that what was not read to its end shows. */
export type HostileSource = { name: string; path: string; content: string | Buffer };

/** By the ending of a path: code that a detector strikes at. */
const CANARY: Record<string, string> = {
  py: "\nimport os\nfrom flask import request\ndef canary():\n    os.system(request.args['c'])\n",
  js: "\n;(function () { module.exports = (req, res) => { eval(req.query.c); }; })();\n",
  ts: "\nexport const canary = (req: any, res: any) => { eval(req.query.c); };\n",
  java: '\nclass Canary { void run(javax.servlet.http.HttpServletRequest r) throws Exception { Runtime.getRuntime().exec(r.getParameter("c")); } }\n',
  yaml: "\napi_key: 8f14e45fceea167a5a36dedd4bea2543\n",
  json: '\n"api_key": "8f14e45fceea167a5a36dedd4bea2543"\n',
};

const many = (count: number, make: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => make(at)).join("");
const nested = (open: string, inner: string, close: string, depth: number) =>
  open.repeat(depth) + inner + close.repeat(depth);

/** Where code that is broken would keep the canary from being seen as code, whoever wrote the file is out of luck. */
const SOURCES: [name: string, ending: string, text: string][] = [
  ["parentheses nested deep", "py", `x = ${nested("(\n", "1", ")\n", 10_000)}\n`],
  ["lists nested deep", "js", `x = ${nested("[\n", "", "]\n", 10_000)};\n`],
  ["blocks nested deep", "js", nested("{\n", "", "}\n", 10_000)],
  ["functions nested deep", "js", `${nested("(() =>\n", "1", ")", 2_000)};\n`],
  ["indentation a thousand deep", "py", `${many(1_000, (at) => `${" ".repeat(at)}if x:\n`)}${" ".repeat(1_000)}pass\n`],
  ["generic types nested deep", "ts", `let x: ${nested("Array<\n", "string", ">", 2_000)};\n`],
  ["lambdas nested deep", "java", `class A { Object x = ${nested("() ->\n", "1", "", 1_000)}; }\n`],
  ["a chain of thousands of calls", "js", `x${"\n.f()".repeat(5_000)};\n`],
  [
    "thousands of else branches",
    "py",
    `if x == 0:\n  y = 0\n${many(5_000, (at) => `elif x == ${at}:\n  y = ${at}\n`)}`,
  ],
  [
    "thousands of else branches in braces",
    "java",
    `class A { void f(int x) { ${many(3_000, (at) => `if (x == ${at}) { x++; } else\n`)} x--; } }\n`,
  ],
  ["conditions nested in conditions", "js", `x = ${many(2_000, (at) => `a${at} ?\n`)}1${":\n0".repeat(2_000)};\n`],
  ["a text of half a million letters", "py", `x = "${"ab\\\n".repeat(150_000)}"\n`],
  ["a number of ten thousand digits", "py", `x = ${"9".repeat(9_000)}\n`],
  ["a line of a million tokens", "py", `x = [${"1,".repeat(300_000)}]\n`],
  ["a line of a million tokens without blanks", "js", `x=[${"1,".repeat(300_000)}];\n`],
  ["more nodes than a file may have", "py", `x = [\n${"1, 2, 3,\n".repeat(60_000)}]\n`],
  ["pieces of text nested in each other", "py", `x = ${nested('f"{', "1", '}"', 200)}\n`],
  ["templates nested in each other", "js", `x = ${nested("`${", "1", "}`", 2_000)};\n`],
  ["a template that never ends", "js", `const x = \`${"a ${b\n".repeat(2_000)}`],
  ["a text that never ends", "py", `x = """${"a\n".repeat(50_000)}`],
  ["a comment that never ends", "java", `class A { /* ${"* /\n".repeat(50_000)}`],
  ["what looks like a pattern and backtracks", "js", `x = /${"(a+)+".repeat(500)}$/.test("${"a".repeat(5_000)}!");\n`],
  ["what looks like a secret and backtracks", "py", `${many(200, () => `"password=${"a=".repeat(900)}\n`)}`],
  ["addresses without an end", "yaml", `${many(200, () => `a: ${"x://y:".repeat(300)}\n`)}`],
  ["text that runs from right to left", "py", "x = 1 # \u202e\u2066 ) 'admin' == user\u2069\n".repeat(2_000)],
  ["marks of byte order between the lines", "js", "\ufeffa = 1;\n".repeat(5_000)],
  ["half of a letter at each end of a text", "js", 'x = "\\ud800" + "\\udfff";\n'.repeat(5_000)],
  [
    "classes that inherit from each other in a circle",
    "py",
    `${many(500, (at) => `class C${at}(C${(at + 1) % 500}):\n  def f(self): return self.g\n`)}`,
  ],
  ["a class that is its own parent", "java", "class A extends A { int f() { return f(); } }\n"],
  [
    "functions that call each other twice",
    "py",
    many(500, (at) => `def f${at}(x):\n  f${at + 1}(x)\n  return f${(at + 7) % 500}(x)\n`),
  ],
  ["callbacks that give themselves to themselves", "js", "const f = (g) => g(g, f, () => f(g));\nf(f);\n".repeat(200)],
  ["decorators by the thousand", "py", `${"@f(lambda x: x)\n".repeat(3_000)}def g(): pass\n`],
  ["parameters by the thousand", "py", `def f(${many(5_000, (at) => `a${at}=f(a${at}), `)}): pass\n`],
  [
    "loops nested in loops",
    "py",
    `${many(60, (at) => `${" ".repeat(at)}for x${at} in y${at}:\n`)}${" ".repeat(60)}z = z + x1\n`,
  ],
  ["comprehensions nested in each other", "py", `x = ${nested("[", "1", " for a in b]", 150)}\n`],
  ["handlers nested in handlers", "js", `${nested("try { f(); } catch (e) {\n", "", "}\n", 1_000)}`],
  ["lists that hold one another many times", "py", `a = ["1"]\n${`a = [${"a, ".repeat(200)}]\n`.repeat(20)}f(a)\n`],
  ["ten thousand variables", "py", many(10_000, (at) => `v${at} = v${at - 1}\n`)],
  ["a file that imports itself", "py", "from .here import *\nimport here\n".repeat(500)],
  [
    "keys that mean something to the engine",
    "js",
    'x = { "__proto__": { a: 1 }, constructor: 1, toString: x, hasOwnProperty: 1 }; x.__proto__.y = x;\n'.repeat(500),
  ],
  [
    "aliases that unfold without end",
    "yaml",
    `a0: &a0 [x]\n${many(30, (at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}, *a${at}]\n`)}`,
  ],
  ["records nested deep", "json", `{"a": ${nested("[", "", "]", 20_000)},\n`],
  [
    "openings and closings by the thousand",
    "py",
    `def f():\n${many(2_000, (at) => `  v${at} = open("a")\n  if v${at}: v${at}.close()\n`)}`,
  ],
];

const BYTES: [name: string, path: string, bytes: () => Buffer][] = [
  ["NUL bytes", "zero.py", () => Buffer.from(`x = "\u0000"\n${CANARY.py}`)],
  [
    "NUL bytes behind where one looks",
    "late-zero.py",
    () => Buffer.from(`${"x = 1\n".repeat(5_000)}y = "\u0000"\n${CANARY.py}`),
  ],
  [
    "UTF-16 with a mark",
    "utf16.py",
    () => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`x = 1\n${CANARY.py}`, "utf16le")]),
  ],
  ["UTF-16 without a mark", "bare-utf16.py", () => Buffer.from(`x = 1\n${CANARY.py}`, "utf16le")],
  [
    "UTF-16 the other way round",
    "big-utf16.py",
    () => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(`x = 1\n${CANARY.py}`, "utf16le").swap16()]),
  ],
  [
    "bytes that are no UTF-8",
    "broken.py",
    () => Buffer.concat([Buffer.from([0x23, 0xc3, 0x28, 0xa0, 0xa1, 0xff, 0x0a]), Buffer.from(CANARY.py ?? "")]),
  ],
  ["a mark of byte order", "marked.py", () => Buffer.from(`\ufeff${CANARY.py}`)],
  ["nothing but blanks", "blank.py", () => Buffer.from(" \n".repeat(300_000) + CANARY.py)],
  ["a file as large as may be", "large.py", () => Buffer.from("x = 1\n".repeat(170_000) + CANARY.py)],
  ["a packed file", "packed.js", () => Buffer.from(`${"var a=[1,2,3];".repeat(40_000)}${CANARY.js}`)],
];

/** All families, each of its own kind of harm. */
export function hostileSources(): HostileSource[] {
  const written = SOURCES.map(([name, ending, text], at): HostileSource => {
    return { name, path: `source${at}.${ending}`, content: text + CANARY[ending] };
  });
  return [...written, ...BYTES.map(([name, path, bytes]) => ({ name, path, content: bytes() }))];
}
