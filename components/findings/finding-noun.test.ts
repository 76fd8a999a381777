import { expect, test } from "vitest";
import { aFinding } from "#testing/a-finding.ts";
import { findingHeadline, findingNoun, findingTitle, shortPath } from "./finding-noun.ts";

const location = { path: "/src/app/refunds/query.py", startLine: 48, endLine: 48 };

test("a package finding is called by its package, a code finding by its file and line", () => {
  expect(findingNoun(aFinding())).toEqual({ text: "tomcat-embed-core", isCode: false });
  expect(findingNoun(aFinding({ package: null, location }))).toEqual({ text: "refunds/query.py:48", isCode: true });
  expect(findingNoun(aFinding({ package: null }))).toBeNull();
});

test("a title that only repeats the id and the package gives way to the summary", () => {
  expect(findingTitle(aFinding({ summary: "A partial PUT runs code" }))).toBe("A partial PUT runs code");
});

test("without a summary the versions stand there", () => {
  expect(findingTitle(aFinding({ summary: null }))).toBe("10.1.34, fixed in 10.1.35");
  expect(
    findingTitle(
      aFinding({
        summary: null,
        package: { name: "curl", version: "8.1", fixedIn: null },
        packageCount: 2,
        title: "CVE-2025-24813 - curl, libcurl",
      }),
    ),
  ).toBe("8.1 and 1 more, no fixed version yet");
});

test("a title that says something stays, without the id in front", () => {
  expect(findingTitle(aFinding({ title: "CVE-2025-24813: Remote code execution through partial PUT" }))).toBe(
    "Remote code execution through partial PUT",
  );
  expect(findingTitle(aFinding({ title: "SQL injection", cve: null, package: null }))).toBe("SQL injection");
});

test("the headline is the summary where the title is only names", () => {
  expect(findingHeadline(aFinding({ summary: "A partial PUT runs code" }))).toBe("A partial PUT runs code");
  expect(findingHeadline(aFinding({ summary: null }))).toBe("CVE-2025-24813 - tomcat-embed-core");
  expect(findingHeadline(aFinding({ title: "Port 22 is open", cve: null, package: null }))).toBe("Port 22 is open");
});

test("a path keeps its end", () => {
  expect(shortPath("a/b/c/d.py")).toBe("c/d.py");
  expect(shortPath("/d.py")).toBe("d.py");
});
