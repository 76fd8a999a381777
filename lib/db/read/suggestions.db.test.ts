import { beforeAll, expect, test } from "vitest";
import { suggestedFieldSchema, suggestionsQuerySchema } from "#lib/domain/suggestion.ts";
import { appDatabase } from "#testing/app-database.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { saveFindings } from "#testing/saved-findings.ts";
import { listSuggestions } from "./suggestions.ts";

appDatabase();

const packageNamed = (name: string) => [
  { name, version: "1", fixedIn: null, manager: "OS", path: null, remediation: null },
];

beforeAll(() =>
  saveFindings([
    anObservedFinding({ cve: "CVE-2025-1111", packages: packageNamed("openssl") }),
    anObservedFinding({ cve: "CVE-2025-11112", packages: packageNamed("libopenssl3") }),
    anObservedFinding({
      cve: "CVE-2024-9999",
      packages: packageNamed("100%_pure"),
      resource: { name: "openssl-builder:7", lineage: "image:1/team/openssl-builder" },
    }),
  ]),
);

const values = async (query: Record<string, string>) =>
  (await listSuggestions(suggestionsQuerySchema.parse(query))).items.map(({ field, value }) => `${field} ${value}`);

test("what begins with the text comes before what has it inside, the shorter one first", async () => {
  expect(await values({ field: "packageName", q: "OpenSSL" })).toEqual([
    "packageName openssl",
    "packageName libopenssl3",
  ]);
  expect(await values({ field: "cve", q: "cve-2025-1111" })).toEqual(["cve CVE-2025-1111", "cve CVE-2025-11112"]);
});

test("without a field, everything that has such a name is suggested, a few of each", async () => {
  const found = await values({ q: "openssl", limit: "20" });
  expect(found).toContain("packageName openssl");
  expect(found).toContain("image team/openssl-builder");
  expect(found.some((one) => one.startsWith("resourceId arn:"))).toBe(true);
});

test("the database's own signs stand for themselves", async () => {
  expect(await values({ field: "packageName", q: "100%_" })).toEqual(["packageName 100%_pure"]);
  expect(await values({ field: "packageName", q: "_" })).toEqual(["packageName 100%_pure"]);
});

test.each(suggestedFieldSchema.options)("%s can be asked for before anything is typed", async (field) => {
  expect(Array.isArray(await values({ field }))).toBe(true);
});

test("an account is found by its id, and nothing by nothing", async () => {
  expect(await values({ field: "accountId", q: "1111" })).toEqual(["accountId 111122223333"]);
  expect(await values({ q: "" })).toEqual([]);
});
