import { expect, test } from "vitest";
import { aSarifLog } from "#testing/a-sarif-log.ts";
import { sarifFindings } from "#testing/sarif-findings.ts";

const place = { rule: "R1", path: "a.js", line: 3, code: "eval(x)" };
async function findingOf(more: Record<string, unknown>, run: Record<string, unknown> = {}) {
  const [finding] = await sarifFindings(aSarifLog([{ ...place, more }], run));
  if (!finding) throw new Error("The result is no finding");
  return finding;
}
const at = (artifactLocation: unknown, region: unknown = { startLine: 1 }) => ({
  locations: [{ physicalLocation: { artifactLocation, region } }],
});

test.each([{ kind: "pass" }, { kind: "notApplicable" }, { baselineState: "absent" }])(
  "a result that says that nothing is there is no finding: %o",
  async (more) => {
    expect(await sarifFindings(aSarifLog([{ ...place, more }]))).toEqual([]);
  },
);

test.each([
  [{ properties: { "security-severity": "9.0" } }, "critical", 9],
  [{ properties: { "security-severity": 3.9 } }, "low", 3.9],
  [{ properties: { "security-severity": "0.0" } }, "high", 7.5],
  [{ properties: { "security-severity": "very" } }, "high", 7.5],
])("the result's own score comes before its rule's: %o", async (more, severity, score) => {
  expect(await findingOf(more)).toMatchObject({ severity, score });
});

test.each([
  [{ level: "error" }, "high"],
  [{ level: "warning" }, "medium"],
  [{ level: "note" }, "low"],
  [{ level: "none" }, "info"],
  [{}, "low"],
  [{ ruleIndex: 7 }, "medium"],
  [{ kind: "review", level: "none" }, "untriaged"],
  [{ kind: "informational" }, "info"],
])("without a score the level counts, else the rule's: %o", async (more, severity) => {
  const rules = [{ id: "R1", defaultConfiguration: { level: "note" } }];
  const log = aSarifLog([{ ...place, more: { ruleId: "ruleIndex" in more ? null : "R1", ...more } }]);
  const [run] = log.runs;
  const [finding] = await sarifFindings({ ...log, runs: [{ ...run, tool: { driver: { name: "Lint", rules } } }] });
  expect(finding).toMatchObject({ severity, score: null });
});

test.each([
  [[{ kind: "inSource" }], "suppressed"],
  [[{ kind: "external", status: "accepted" }], "suppressed"],
  [[{ kind: "external", status: "underReview" }], "active"],
  [
    [
      { kind: "external", status: "accepted" },
      { kind: "external", status: "rejected" },
    ],
    "active",
  ],
  [[], "active"],
])("only what was accepted is suppressed: %o", async (suppressions, status) => {
  expect(await findingOf({ suppressions })).toMatchObject({ status });
});

test.each([
  ["a base of a base", { uri: "main.c", uriBaseId: "SRC" }, "lib/main.c"],
  ["a base that nobody knows", { uri: "src/main.c", uriBaseId: "%SRCROOT%" }, "src/main.c"],
  ["a base that leads to itself", { uri: "main.c", uriBaseId: "LOOP" }, /^(x\/){1,10}main\.c$/],
  ["an address under a root", { uri: "file:///home/ci/app/src/main.c" }, "src/main.c"],
  ["an address under no root", { uri: "file:///etc/app.conf" }, "etc/app.conf"],
  ["Windows' signs", { uri: "src\\win\\main.c" }, "src/win/main.c"],
  ["a place in the list of files", { index: 0 }, "listed.c"],
  ["a file in an archive", { index: 2 }, "app.jar!/inner/Main.class"],
  ["escapes", { uri: "a%20b/%C3%A9.c" }, "a b/é.c"],
  ["an escape that is none", { uri: "100%.c" }, "100%.c"],
  ["a way out", { uri: "../../etc/passwd" }, "etc/passwd"],
  ["an escaped way out", { uri: "src/%2e%2e/%2e%2e/etc/passwd" }, "etc/passwd"],
  ["signs that hide", { uri: "a\u0000b\u001b[2K.c" }, "ab[2K.c"],
])("a file's path from %s", async (_, location, path) => {
  const finding = await findingOf(at(location), {
    originalUriBaseIds: {
      ROOT: { uri: "file:///home/ci/app/" },
      SRC: { uri: "lib", uriBaseId: "ROOT" },
      LOOP: { uri: "x/", uriBaseId: "LOOP" },
    },
    artifacts: [
      { location: { uri: "listed.c" } },
      { location: { uri: "app.jar" } },
      { location: { uri: "/inner/Main.class" }, parentIndex: 1 },
    ],
  });
  if (typeof path === "string") expect(finding.code?.path).toBe(path);
  else expect(finding.code?.path).toMatch(path);
});

test.each([
  ["lines and columns", { startLine: 3, startColumn: 2, endLine: 5, endColumn: 1 }, [3, 5], null],
  ["a first line alone", { startLine: 3 }, [3, 3], null],
  ["characters", { charOffset: 120, charLength: 7 }, [0, 0], "It begins at character 120 of the file and is 7 long."],
  ["bytes", { byteOffset: 16, charOffset: -1 }, [0, 0], "It begins at byte 16 of the file."],
  ["nothing", null, [0, 0], null],
  ["lines that cannot be", { startLine: -4, endLine: 1e12 }, [0, 2 ** 31 - 1], null],
])("a region in %s", async (_, region, [startLine, endLine], words) => {
  const finding = await findingOf(at({ uri: "a.js" }, region));
  expect(finding.code).toMatchObject({ startLine, endLine });
  expect(finding.description?.split("\n\n")[1] ?? null).toBe(words);
});

test("without a file the name of the code counts; without any name there is no place", async () => {
  const logical = { locations: [{ logicalLocations: [{ fullyQualifiedName: "shop.Orders.find" }] }] };
  expect((await findingOf(logical)).code?.path).toBe("shop.Orders.find");
  expect(await findingOf({ locations: [] })).toMatchObject({
    code: null,
    lineage: expect.stringContaining("scan:shop||"),
  });
});

test.each([
  ["its id and arguments", { id: "default", arguments: ["x", "the body"] }, "x comes from the body {as it is}"],
  ["its text with arguments", { text: "{0} of {1}", arguments: ["one"] }, "one of {1}"],
  ["links", { text: "See [the \\[source\\]](1) and [that](https://a.example/)." }, "See the [source] and that."],
  ["an address that is code", { text: "[click](javascript:alert(1))" }, "[click](javascript:alert(1))"],
])("a message by %s", async (_, message, text) => {
  const rules = [{ id: "R1", messageStrings: { default: { text: "{0} comes from {1} {{as it is}}" } } }];
  expect(await findingOf({ message }, { tool: { driver: { name: "Lint", rules } } })).toMatchObject({
    description: text,
  });
});

test("only an address for a browser becomes a link", async () => {
  const tool = (helpUri: string) => ({ tool: { driver: { name: "Lint", rules: [{ id: "R1", helpUri }] } } });
  expect((await findingOf({}, tool("https://a.example/r1"))).vulnerability.sourceUrl).toBe("https://a.example/r1");
  for (const bad of ["javascript:alert(1)", "data:text/html,x", "//a.example", " "])
    expect((await findingOf({}, tool(bad))).vulnerability.sourceUrl).toBeNull();
});

test("a rule of an extension, a part of a rule, and one that nobody describes", async () => {
  const run = {
    tool: {
      driver: { name: "Lint", rules: [{ id: "CA1" }] },
      extensions: [{ name: "first" }, { name: "more", guid: "g-1", rules: [{ id: "X", name: "Of the extension" }] }],
    },
  };
  const titleOf = async (more: Record<string, unknown>) =>
    (await findingOf({ ruleId: null, message: null, ...more }, run)).title;
  expect(await titleOf({ rule: { index: 0, toolComponent: { index: 1 } } })).toBe("Of the extension");
  expect(await titleOf({ rule: { id: "X", toolComponent: { guid: "g-1" } } })).toBe("Of the extension");
  expect(await titleOf({ ruleId: "X/part" })).toBe("Of the extension");
  expect(await titleOf({ ruleId: "nobody/knows" })).toBe("nobody/knows");
  expect(await titleOf({ ruleIndex: 99 })).toBe("rule 99");
});

test("a tool that says of itself that it failed has not seen everything", async () => {
  const { sarifReport } = await import("./sarif-report.ts");
  const { inChunks } = await import("#testing/sarif-findings.ts");
  const read = (invocations: unknown) => {
    const text = JSON.stringify(aSarifLog([place], { invocations }));
    return sarifReport({
      name: "shop",
      at: new Date(),
      open: () => inChunks(text),
      signal: new AbortController().signal,
    });
  };
  expect(await read([{ executionSuccessful: false }])).toMatchObject({ isWhole: false, findings: 1 });
  expect(await read([{ executionSuccessful: true }])).toMatchObject({ isWhole: true });
});

test("texts without end are cut, and numbers of them too", async () => {
  const long = "x".repeat(20_000);
  const step = { location: { message: { text: long } } };
  const finding = await findingOf({
    ruleId: long,
    message: { text: long },
    codeFlows: [{ threadFlows: [{ locations: Array(200).fill(step) }] }],
    fixes: Array(50).fill({ description: { text: long } }),
    ...at({ uri: long }, { startLine: 1, snippet: { text: `${long}\n`.repeat(30) } }),
  });
  const { raw, ...kept } = finding;
  expect(JSON.stringify(kept).length).toBeLessThan(60_000);
  expect(finding.code?.steps.at(-1)?.label).toBe("sink");
});
