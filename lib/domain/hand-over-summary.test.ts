import { expect, test } from "vitest";
import { aFindingWithDetail } from "#testing/a-finding.ts";
import { toHandOverFields, toSummary } from "./hand-over-summary.ts";

const place = { appUrl: "https://sightline.example.com" };

test("a summary says what it is, why it ranks, where it is, what to do, and leads back", () => {
  const finding = aFindingWithDetail({
    knownExploited: true,
    dueAt: "2026-02-01T00:00:00.000Z",
    exposures: [{ findingId: "01900000-0000-7000-8000-000000000009", port: "tcp/22" }],
    vulnerability: { knownExploitedAt: "2026-01-02T00:00:00.000Z" },
  });
  expect(toSummary(finding, place)).toBe(`# High: CVE\\-2025\\-24813 \\- tomcat\\-embed\\-core

## Why it ranks here

- Severity high, by Inspector, score 7.5
- Exploited in the wild: in CISA’s catalogue since 2026-01-02
- EPSS 40.0 %: the chance of exploitation in the next 30 days
- Reachable from outside: tcp/22
- Open since 2026-01-05, due 2026-02-01

## Where

- Resource: \` api:1.9 \`, AWS\\_ECR\\_CONTAINER\\_IMAGE
- Account: payments\\-prod (111122223333), eu\\-west\\-1
- 1 open finding on 1 resource

## Fix

- Update \` tomcat-embed-core \` 10\\.1\\.34 to 10\\.1\\.35

## Links

- [This finding](https://sightline.example.com/findings/01900000-0000-7000-8000-000000000001)
- [Every open finding of the issue](https://sightline.example.com/findings?status=active&issueId=01900000-0000-7000-8000-000000900000)
- [Advisory](<https://nvd.nist.gov/vuln/detail/CVE-2025-24813>)`);
});

test("nothing that a source wrote becomes a link, a mention, a heading, HTML or the end of a block of code", () => {
  const evil =
    "[pay](https://evil.example) <img src=x onerror=alert(1)>\n# Owned @everyone `x` ``` https://evil.example www.evil.example ‮";
  const finding = aFindingWithDetail({
    title: evil,
    accountName: evil,
    resource: { type: evil, id: evil, name: evil },
    location: { path: evil, startLine: 1, endLine: 1 },
    vulnerability: { sourceUrl: "javascript:alert(1)" },
    detail: {
      packages: [
        { name: evil, version: evil, fixedIn: evil, manager: "NPM", path: null, remediation: `npm\ni ${evil}` },
      ],
      remediation: { text: evil, url: null },
    },
  });
  const summary = toSummary(finding, place);
  const outsideOfCode = summary.replace(/(`+)[\s\S]*?[^`]\1(?!`)/g, "");
  expect(outsideOfCode).not.toMatch(/@everyone|https?:\/\/evil|www\.evil|(?<!\\)<img|(?<!\\)\[pay|javascript/);
  expect(summary).not.toMatch(/^# Owned|\u202e/m);
});

test("a note comes first in the summary of a hand-over, and is only text as well", () => {
  const fields = toHandOverFields(aFindingWithDetail(), { ...place, by: "priya", note: "Look **here**" });
  expect(fields.summary.startsWith("Look \\*\\*here\\*\\*\n\n# High")).toBe(true);
  expect(fields).toMatchObject({ by: "priya", packageName: "tomcat-embed-core", fixedIn: "10.1.35", findings: 1 });
  expect(fields.link).toBe("https://sightline.example.com/findings/01900000-0000-7000-8000-000000000001");
});
