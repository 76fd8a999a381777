import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadRules } from "./load-rules.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rules-test-"));
  for (const name of ["python", "javascript", "java", "text", "models"]) await mkdir(join(folder, name));
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

async function loadWith(model: string): Promise<unknown> {
  await writeFile(join(folder, "models/web.yaml"), model);
  return loadRules(folder);
}

test("a faulty rule is refused by the name of its file and of its field", async () => {
  const loading = loadWith("language: python\nsinks:\n  - { class: sql-injection, call: [open] }\n");
  await expect(loading).rejects.toThrow(/web\.yaml is not valid[\s\S]*sinks\[0\]/u);
});

test("aliases, which can make a small file large, are refused", async () => {
  await expect(loadWith("language: python\nopaque: &a [x]\nkeepers: *a\n")).rejects.toThrow("Alias");
});

test("the rules that ship cover the same classes in each language", async () => {
  const { detectors } = await loadRules();
  const classes = (language: string) =>
    detectors
      .filter((detector) => detector.language === language)
      .map(({ id }) => id.split("/")[1])
      .sort();
  // Java's drivers for document databases take no operators from outside.
  expect(classes("javascript")).toEqual(classes("python"));
  expect(classes("python").filter((name) => !classes("java").includes(name))).toEqual(["nosql-injection@v1.0"]);
});
