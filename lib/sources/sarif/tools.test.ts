import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sarifFindings } from "#testing/sarif-findings.ts";

/** In the shape in which the tool writes it; all that it says is invented. */
function logOf(tool: string): unknown {
  return JSON.parse(readFileSync(new URL(`fixtures/${tool}.sarif`, import.meta.url), "utf8"));
}

test("CodeQL: a rule of an extension, its score, its CWEs, and the way of the value", async () => {
  const [finding] = await sarifFindings(logOf("codeql"));
  expect(finding).toMatchObject({
    type: "code",
    status: "active",
    severity: "high",
    score: 8.8,
    title: "Query text made from what a user sent",
    description: "This query depends on a value from the request.",
    scanName: "shop",
    accountId: "000000000000",
    region: "shop",
    vulnerability: {
      name: "CodeQL/js/sql-injection",
      kind: "detector",
      cwes: ["CWE-89", "CWE-943"],
      description: "A user who can shape a query can read or change what is not theirs.\n\nPass values as parameters.",
    },
    code: { path: "src/orders.js", startLine: 42, endLine: 42, ruleId: "js/sql-injection" },
  });
  expect(finding?.code?.snippet.at(2)).toEqual({ number: 42, content: '  return db.query("… " + id);' });
  expect(finding?.code?.steps).toEqual([
    { label: "source", path: "src/orders.js", line: 41, content: "request.query" },
    { label: "sink", path: "src/orders.js", line: 42, content: "id" },
  ]);
});

test("Semgrep: results before their rules, a fingerprint that is none, and a fix as a diff", async () => {
  const [finding] = await sarifFindings(logOf("semgrep"));
  expect(finding).toMatchObject({
    severity: "high",
    score: null,
    title: "What a request brings is run as code",
    fixAvailable: "yes",
    vulnerability: {
      name: "Semgrep OSS/python.lang.eval-of-request",
      cwes: ["CWE-95"],
      sourceUrl: "https://rules.example/python.lang.eval-of-request",
    },
    code: {
      path: "app/views.py",
      detectorTags: ["HIGH CONFIDENCE", "security"],
      suggestedFixes: [
        {
          description: "Parse it instead",
          code: "@@ -9,1 +9,1 @@\n-    return eval(request.data)\n+    return json.loads(request.data)",
        },
      ],
    },
  });
});

test("Trivy: a vulnerability of a package under its public name, one finding for each package of a file", async () => {
  const findings = await sarifFindings(logOf("trivy"));
  expect(new Set(findings.map(({ sourceId }) => sourceId)).size).toBe(2);
  expect(findings[0]).toMatchObject({
    type: "package",
    severity: "critical",
    score: 9.1,
    title: "CVE-2026-10001 - left-pad",
    fixAvailable: "yes",
    vulnerability: { name: "CVE-2026-10001", kind: "cve", title: "left-pad: endless loop on long input" },
    packages: [{ name: "left-pad", version: "1.1.0", fixedIn: "1.3.0" }],
    code: { path: "package-lock.json", startLine: 1 },
  });
});

test("Snyk Code: its own fingerprint, a CWE in its properties, and a suppression", async () => {
  const [finding] = await sarifFindings(logOf("snyk-code"));
  expect(finding).toMatchObject({
    status: "suppressed",
    severity: "high",
    title: "Injection into a query",
    description: "Input from the request flows into query.",
    vulnerability: { name: "SnykCode/javascript/Sqli", cwes: ["CWE-89"] },
    code: { path: "src/a b.js", startLine: 3 },
  });
});

test("ESLint: absolute addresses, and no suppression where its list is empty", async () => {
  const [finding] = await sarifFindings(logOf("eslint"));
  expect(finding).toMatchObject({
    status: "active",
    severity: "high",
    title: "disallow running text as code",
    code: { path: "srv/app/src/index.js", startLine: 7, snippet: [] },
  });
});

test("gosec: nulls in place of what is left out, and CWEs by relationship", async () => {
  const [finding] = await sarifFindings(logOf("gosec"));
  expect(finding).toMatchObject({
    status: "active",
    severity: "high",
    title: "A weak hash is used",
    vulnerability: { name: "gosec/G401", cwes: ["CWE-328"] },
    code: { path: "pkg/sum.go", snippet: [{ number: 20, content: "\th := md5.New()" }] },
  });
});

test("Bandit: a rule that has only a name takes the message's words", async () => {
  const [finding] = await sarifFindings(logOf("bandit"));
  expect(finding).toMatchObject({
    title: "A shell runs what a variable holds",
    vulnerability: { name: "Bandit/B602", title: "B602", cwes: ["CWE-78"] },
    code: { path: "tools/run.py", startLine: 4, endLine: 5 },
  });
  expect(finding?.code?.snippet.map(({ number }) => number)).toEqual([3, 4, 5]);
});

test("Checkov: the same rule twice in a file is two findings", async () => {
  const findings = await sarifFindings(logOf("checkov"));
  expect(findings.map(({ title }) => title)).toEqual(Array(2).fill("A bucket can be read by everybody"));
  expect(new Set(findings.map(({ sourceId }) => sourceId)).size).toBe(2);
});

test("what a tool wrote is kept whole", async () => {
  const [finding] = await sarifFindings(logOf("snyk-code"));
  expect(logOf("snyk-code")).toMatchObject({ runs: [{ results: [finding?.raw] }] });
});
