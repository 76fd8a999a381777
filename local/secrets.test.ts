import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { secretIn } from "./secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "sightline-secrets-"));
afterAll(() => rmSync(folder, { recursive: true }));

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

test("a secret is made once, long, and for its owner's eyes only", () => {
  const file = join(folder, "secrets", "database");
  const secret = secretIn(file);
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(secretIn(file)).toBe(secret);
  expect([modeOf(file), modeOf(join(folder, "secrets"))]).toEqual(["600", "700"]);
});

test("a secret that others could read is closed to them again", () => {
  const file = join(folder, "restored");
  writeFileSync(file, "from-a-backup\n", { mode: 0o644 });
  expect(secretIn(file)).toBe("from-a-backup");
  expect(modeOf(file)).toBe("600");
});

test("an empty secret is refused, and left for somebody to look at", () => {
  const file = join(folder, "empty");
  writeFileSync(file, "");
  expect(() => secretIn(file)).toThrow(/is empty/);
  expect(readFileSync(file, "utf8")).toBe("");
});
