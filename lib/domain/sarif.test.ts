import { expect, test } from "vitest";
import { z } from "zod";
import { aChangedFinding, aScanDifference, aScanRun } from "#testing/a-scan-difference.ts";
import { toSarif } from "./sarif.ts";
import { SEVERITIES } from "./severities.ts";

/** The rules of the standard's own schema (sarif-schema-2.1.0.json) for what we write: no other names, its enums, its limits. */
const level = z.enum(["none", "note", "warning", "error"]);
const message = z.strictObject({ text: z.string().min(1) });
// RFC 3986: nothing but unreserved characters, slashes and percent-encoded bytes; no scheme, no way up or to the root.
const uri = z.string().regex(/^(?!\/)(?:[A-Za-z0-9\-._~!*'()/]|%[0-9A-F]{2})+$/);
const artifactLocation = z.strictObject({ uri, uriBaseId: z.literal("%SRCROOT%") });
const region = z
  .strictObject({ startLine: z.number().int().min(1), endLine: z.number().int().min(1) })
  .refine(({ startLine, endLine }) => endLine >= startLine);
const location = z.strictObject({ physicalLocation: z.strictObject({ artifactLocation, region: region.optional() }) });
const guid = z
  .string()
  .regex(/^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-9a-fA-F][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$/);
const rule = z.strictObject({
  id: z.string().min(1),
  shortDescription: message,
  fullDescription: message,
  defaultConfiguration: z.strictObject({ level }),
  properties: z.looseObject({ tags: z.array(z.string()), "security-severity": z.string().regex(/^\d+\.\d$/) }),
});
const result = z
  .strictObject({
    ruleId: z.string(),
    ruleIndex: z.number().int().min(0),
    kind: z.enum(["fail", "informational"]),
    level,
    message,
    baselineState: z.enum(["new", "unchanged", "updated", "absent"]),
    partialFingerprints: z.record(z.string(), z.string()),
    locations: z.array(location),
    suppressions: z.array(z.strictObject({ kind: z.enum(["inSource", "external"]) })).optional(),
  })
  .refine(({ kind, level }) => kind === "fail" || level === "none", "only a failure has a level");
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal("2.1.0"),
  runs: z.array(
    z
      .strictObject({
        tool: z.strictObject({ driver: z.strictObject({ name: z.string(), rules: z.array(rule) }) }),
        automationDetails: z.strictObject({ id: uri, guid }),
        columnKind: z.literal("utf16CodeUnits"),
        invocations: z.array(
          z.strictObject({
            executionSuccessful: z.boolean(),
            startTimeUtc: z.iso.datetime(),
            endTimeUtc: z.iso.datetime().optional(),
            toolExecutionNotifications: z.array(z.strictObject({ level, message, locations: z.array(location) })),
          }),
        ),
        results: z.array(result),
      })
      .refine(({ tool, results }) =>
        results.every(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id === ruleId),
      ),
  ),
});

const firstRun = (difference: Parameters<typeof toSarif>[0]) => sarif.parse(toSarif(difference)).runs[0]!;

test("what is open is told as new or unchanged, and what was fixed is no alert", () => {
  const { results, tool } = firstRun(
    aScanDifference({
      new: [aChangedFinding({ number: 1, title: "Fresh" })],
      fixed: [aChangedFinding({ number: 2, title: "Gone" })],
      unchanged: [aChangedFinding({ number: 3, title: "Old", detectorId: "python/other@v1.0" })],
    }),
  );
  expect(results.map(({ message, baselineState }) => [message.text, baselineState])).toEqual([
    ["Fresh", "new"],
    ["Old", "unchanged"],
  ]);
  expect(tool.driver.rules.map(({ id }) => id)).toEqual(["python/sql-injection@v1.0", "python/other@v1.0"]);
});

test("every severity has a level that the standard knows, worst first for who sorts by the score", () => {
  const { results, tool } = firstRun(
    aScanDifference({
      new: SEVERITIES.map((severity, number) => aChangedFinding({ number, severity, detectorId: severity })),
    }),
  );
  expect(results.map((one) => one.level)).toEqual(["error", "error", "warning", "note", "warning", "none"]);
  expect(tool.driver.rules[0]?.properties).toEqual({
    tags: ["security", "external/cwe/cwe-89"],
    "security-severity": "9.5",
  });
});

test.each([
  ["a b/100%/c#d?.py", "a%20b/100%25/c%23d%3F.py"],
  ["/etc//x.py", "etc/x.py"],
  ["src/日本.py", "src/%E6%97%A5%E6%9C%AC.py"],
  ["c:evil.py", "c%3Aevil.py"],
])("the path %s is written as a relative address", (path, expected) => {
  const { results } = firstRun(
    aScanDifference({ new: [aChangedFinding({ location: { path, startLine: 0, endLine: 0 } })] }),
  );
  expect(results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe(expected);
});

test("what is suppressed says so, and what was left out of the scan is told", () => {
  const run = aScanRun({ name: "a:b$c", skippedFiles: [{ path: "a.min.js", reason: "minified", detail: null }] });
  const { results, invocations } = firstRun(aScanDifference({ new: [aChangedFinding({ status: "suppressed" })] }, run));
  expect(results[0]?.suppressions).toEqual([{ kind: "external" }]);
  expect(invocations[0]?.toolExecutionNotifications[0]?.message.text).toBe("Left out: minified");
});

test("a finding of which nothing but its title is known is still a valid result", () => {
  const bare = { description: "", summary: null, location: null, detectorId: null, cwes: [] };
  expect(firstRun(aScanDifference({ new: [aChangedFinding(bare)] })).results).toHaveLength(1);
});
