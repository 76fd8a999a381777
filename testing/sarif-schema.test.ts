import { expect, test } from "vitest";
import { sarifFaults } from "./sarif-schema.ts";

const log = (result: object, driver: object = { name: "tool" }) => ({
  $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
  version: "2.1.0",
  runs: [{ tool: { driver }, results: [{ message: { text: "found" }, ...result }] }],
});

test("the smallest log is valid", () => {
  expect(sarifFaults(log({}))).toEqual([]);
});

test("a relative address is valid, a name that is not encoded is none", () => {
  const at = (uri: string) => log({ locations: [{ physicalLocation: { artifactLocation: { uri } } }] });
  expect(sarifFaults(at("src/my%20app.py"))).toEqual([]);
  expect(sarifFaults(at("src/my app.py")).join("\n")).toContain("artifactLocation.uri");
});

test.each([
  ["a member that SARIF does not know", log({ colour: "red" }), "runs.0.results.0: "],
  ["a level that is none", log({ level: "fatal" }), "runs.0.results.0.level: "],
  ["a message without text or id", log({ message: { markdown: "*a*" } }), "runs.0.results.0.message"],
  ["a place that is nowhere", log({ locations: [{ physicalLocation: {} }] }), "locations.0.physicalLocation"],
  [
    "lines that start at nought",
    log({ locations: [{ physicalLocation: { artifactLocation: { uri: "a" }, region: { startLine: 0 } } }] }),
    "startLine",
  ],
  [
    "a region without a start",
    log({ locations: [{ physicalLocation: { artifactLocation: { uri: "a" }, region: { endLine: 2 } } }] }),
    "region",
  ],
  ["a tool without a name", log({}, { rules: [] }), "runs.0.tool.driver.name: "],
  ["a rule said twice", log({}, { name: "tool", rules: [{ id: "a" }, { id: "a" }] }), "runs.0.tool.driver.rules.1: "],
  ["an identifier that is no GUID", log({ guid: "1" }), "runs.0.results.0.guid: "],
  ["another version", { ...log({}), version: "2.0.0" }, "version: "],
])("%s is a fault at its place", (_name, invalid, place) => {
  expect(sarifFaults(invalid).join("\n")).toContain(place);
});
