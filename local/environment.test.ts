import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const READERS = ["lib/config/env.ts", "local/config.ts", "sample/config.ts", "scanner/config.ts"];
const example = readFileSync(".env.example", "utf8");
const listed = [...example.matchAll(/^#([A-Z][A-Z0-9_]+)=/gm)].map(([, name = ""]) => name);

function namesReadIn(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(/^ {2,6}([A-Z][A-Z0-9_]+): /gm)].map(([, name = ""]) => name);
}

test("the example lists exactly the variables that are read, each once", () => {
  const read = new Set(READERS.filter((file) => existsSync(file)).flatMap(namesReadIn));
  // Node's own: production everywhere but in tests and development.
  read.delete("NODE_ENV");
  expect([...listed].sort()).toEqual([...read].sort());
});

test("each variable has one line that says what it does", () => {
  const lines = example.split("\n").filter((line) => /^#[A-Z]/.test(line));
  expect(lines.filter((line) => !/^#[A-Z0-9_]+=\S* +# \S.{10,}$/.test(line))).toEqual([]);
});

test("the example as it is sets nothing", () => {
  expect(example.split("\n").filter((line) => line !== "" && !line.startsWith("#"))).toEqual([]);
});
