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

/** What people expect of any scanner, whatever the language. */
const EXPECTED = [
  "archive-path-traversal",
  "code-injection",
  "credentials-in-logs",
  "cross-site-scripting",
  "csrf-protection-off",
  "disabled-certificate-check",
  "hardcoded-credentials",
  "header-injection",
  "insecure-cookie",
  "insecure-deserialization",
  "ldap-injection",
  "log-injection",
  "nosql-injection",
  "open-redirect",
  "os-command-injection",
  "path-traversal",
  "regex-injection",
  "resource-leak",
  "server-side-request-forgery",
  "sql-injection",
  "trust-boundary",
  "weak-cipher",
  "weak-hash",
  "weak-random",
  "xml-external-entity",
  "xpath-injection",
];

test.each(["python", "javascript", "java"])("the rules that ship know the common classes in %s", async (language) => {
  const { detectors } = await loadRules();
  const known = detectors.filter((detector) => detector.language === language).map(({ id }) => id);
  expect(known).toEqual(expect.arrayContaining(EXPECTED.map((name) => `${language}/${name}@v1.0`)));
});
