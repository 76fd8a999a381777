import { expect, test } from "vitest";
import { aFindingWithDetail } from "#testing/a-finding.ts";
import { outsideReferences, weaknessAddress } from "./outside-links.ts";

const NVD = "https://nvd.nist.gov/vuln/detail/CVE-2025-24813";
const labels = (finding: Parameters<typeof outsideReferences>[0]) =>
  outsideReferences(finding).map(({ label }) => label);

test("what everybody has about a CVE comes first, then what the source names, once each", () => {
  const vulnerability = {
    sourceUrl: "https://alas.aws.amazon.com/cve/html/CVE-2025-24813.html",
    referenceUrls: [NVD, "https://access.redhat.com/errata/RHSA-2025:1", "https://blog.example/tomcat"],
  };
  expect(labels(aFindingWithDetail({ vulnerability }))).toEqual([
    "NVD",
    "Amazon Linux advisory",
    "Red Hat advisory: RHSA-2025:1",
    "https://blog.example/tomcat",
  ]);
});

test("what is known to be exploited leads to CISA's entry", () => {
  expect(outsideReferences(aFindingWithDetail({ knownExploited: true }))).toContainEqual({
    href: "https://www.cisa.gov/known-exploited-vulnerabilities-catalog?search_api_fulltext=CVE-2025-24813",
    label: "CISA’s catalogue",
  });
});

test("an identifier that is none leads nowhere", () => {
  const vulnerability = { name: "GHSA-x/../../evil", sourceUrl: null };
  expect(outsideReferences(aFindingWithDetail({ cve: "CVE-1/../evil", vulnerability }))).toEqual([]);
});

test("an advisory of GitHub is found by its name", () => {
  const vulnerability = { name: "GHSA-83qj-6fr2-vhqg", sourceUrl: null };
  expect(labels(aFindingWithDetail({ cve: null, vulnerability }))).toEqual(["GitHub advisory"]);
});

test("a weakness has MITRE's page, and only by its number", () => {
  expect(weaknessAddress("CWE-79")).toBe("https://cwe.mitre.org/data/definitions/79.html");
  expect(weaknessAddress("CWE-79/../x")).toBeNull();
});

test("a page on a weakness that stands beside the scores is not named again", () => {
  const referenceUrls = ["https://cwe.mitre.org/data/definitions/44.html"];
  expect(labels(aFindingWithDetail({ vulnerability: { referenceUrls } }))).toEqual(["NVD"]);
});
