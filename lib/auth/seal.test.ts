import { mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sealSecret, unsealSecret } from "./seal.ts";

const aDirectory = () => mkdtempSync(join(tmpdir(), "sightline-seal-"));

test("a sealed secret says nothing, differs each time, and opens again", () => {
  const dataDir = aDirectory();
  const [one, other] = [sealSecret("whsec_very-secret", dataDir), sealSecret("whsec_very-secret", dataDir)];
  expect(JSON.stringify(one)).not.toContain("very-secret");
  expect(one.text).not.toBe(other.text);
  expect([unsealSecret(one, dataDir), unsealSecret(other, dataDir)]).toEqual([
    "whsec_very-secret",
    "whsec_very-secret",
  ]);
});

test("its key is readable by its owner only", () => {
  const dataDir = aDirectory();
  sealSecret("secret", dataDir);
  expect(statSync(join(dataDir, "secrets", "seal-key")).mode & 0o777).toBe(0o600);
});

test("what was changed, or sealed elsewhere, does not open", () => {
  const dataDir = aDirectory();
  const sealed = sealSecret("secret", dataDir);
  expect(unsealSecret(sealed, aDirectory())).toBeNull();
  expect(unsealSecret({ ...sealed, text: Buffer.from("forged").toString("base64") }, dataDir)).toBeNull();
  expect(unsealSecret({ ...sealed, tag: "" }, dataDir)).toBeNull();
});
