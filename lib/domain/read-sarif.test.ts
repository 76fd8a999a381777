import { expect, test } from "vitest";
import { inChunks } from "#testing/sarif-findings.ts";
import { countSarifResults } from "./read-sarif.ts";

const result = { ruleId: "R1", message: { text: "Bad" } };
const tool = { driver: { name: "Tool" } };

const count = (log: unknown) => countSarifResults(inChunks(typeof log === "string" ? log : JSON.stringify(log)));

test("counts the results of all runs, whatever else the log holds", async () => {
  const more = { properties: { any: [1, { thing: null }] }, graphs: [{ id: "g" }], conversion: null };
  const runs = [
    { tool, results: [result, result], ...more },
    { results: [{ rule: { index: 0 } }], tool },
    { tool, results: [] },
  ];
  expect(await count({ $schema: "any", version: "2.1.0", runs })).toBe(3);
});

test.each([
  ["a result without a rule", { message: {} }, "$.runs[0].results[1].ruleId"],
  ["a rule's id that is no text", { ruleId: 7 }, "$.runs[0].results[1].ruleId"],
  ["a level that there is not", { ruleId: "R1", level: "fatal" }, "$.runs[0].results[1].level"],
  [
    "an address that is no text",
    { ruleId: "R1", locations: [{ physicalLocation: { artifactLocation: { uri: {} } } }] },
    "$.runs[0].results[1].locations[0].physicalLocation.artifactLocation.uri",
  ],
  ["a result that is none", "R1", "$.runs[0].results[1]"],
])("names the path of %s", async (_, bad, field) => {
  const log = { version: "2.1.0", runs: [{ tool, results: [result, bad, result] }] };
  await expect(count(log)).rejects.toMatchObject({ code: "invalid-input", faults: [{ field }] });
});

test.each([
  ["of another version", { version: "2.0.0", runs: [] }, "$.version"],
  ["without a version", { runs: [{ tool, results: [] }] }, "$.version"],
  ["that is a list", [], "$"],
  ["that is null", null, "$"],
  ["without runs", { version: "2.1.0" }, "$.runs"],
  ["with an empty list of runs", { version: "2.1.0", runs: [] }, "$.runs"],
  ["with runs that are no list", { version: "2.1.0", runs: {} }, "$.runs"],
  ["with a run that is no object", { version: "2.1.0", runs: [3] }, "$.runs[0]"],
  ["without a tool", { version: "2.1.0", runs: [{ results: [] }] }, "$.runs[0].tool.driver.name"],
  ["without results", { version: "2.1.0", runs: [{ tool, results: [] }, { tool }] }, "$.runs[1].results"],
  ["with null for results", { version: "2.1.0", runs: [{ tool, results: null }] }, "$.runs[0].results"],
  [
    "with results in another file",
    { version: "2.1.0", runs: [{ tool, externalPropertyFileReferences: { results: [] } }] },
    "$.runs[0].externalPropertyFileReferences",
  ],
])("refuses a log %s: it does not say what was found", async (_, log, field) => {
  await expect(count(log)).rejects.toMatchObject({ code: "invalid-input", faults: [{ field }] });
});

test("a log that was cut off is refused, wherever that was", async () => {
  const text = JSON.stringify({ version: "2.1.0", runs: [{ tool, results: [result] }] });
  for (let length = 0; length < text.length; length += 1) {
    await expect(count(text.slice(0, length))).rejects.toMatchObject({ code: "invalid-input" });
  }
});

test("a second list of results under the same name is refused, not taken for the first", async () => {
  const text = '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T"}},"results":[],"results":[]}]}';
  await expect(count(text)).rejects.toMatchObject({ faults: [{ field: "$.runs[0].results" }] });
});

test("holds only so much beside the results", async () => {
  const rule = `{"id":"R","help":{"text":"${"x".repeat(1024 ** 2)}"}}`;
  const rules = Array(70).fill(rule).join(",");
  const text = `{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"T","rules":[${rules}]}},"results":[]}]}`;
  await expect(countSarifResults(inChunks(text, 65_536))).rejects.toMatchObject({ code: "too-large" });
});
