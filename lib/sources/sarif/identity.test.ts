import fc from "fast-check";
import { expect, test } from "vitest";
import { aSarifLog, type SarifPlace } from "#testing/a-sarif-log.ts";
import { sarifFindings } from "#testing/sarif-findings.ts";

const onPlace = fc.record({
  rule: fc.constantFrom("R1", "R2"),
  path: fc.constantFrom("a.js", "b.js"),
  line: fc.integer({ min: 1, max: 30 }),
  code: fc.constantFrom("eval(x)", "run(y)"),
});
const places = fc.uniqueArray(onPlace, { maxLength: 20, selector: (place) => JSON.stringify(place) });

/** Each place by what it became. */
async function idsOf(given: SarifPlace[]): Promise<Map<string, string>> {
  const findings = await sarifFindings(aSarifLog(given));
  return new Map(given.map((place, index) => [JSON.stringify(place), findings[index]?.sourceId ?? ""]));
}

test("every place is a finding of its own", async () => {
  await fc.assert(
    fc.asyncProperty(places, async (given) => {
      expect(new Set((await idsOf(given)).values()).size).toBe(given.length);
    }),
  );
});

test("the order of the results decides nothing", async () => {
  const shuffled = places.chain((given) =>
    fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
  );
  await fc.assert(
    fc.asyncProperty(shuffled, async ([given, other]) => {
      expect(new Map([...(await idsOf(other))].sort())).toEqual(new Map([...(await idsOf(given))].sort()));
    }),
  );
});

test("lines put in above change no finding's identity", async () => {
  await fc.assert(
    fc.asyncProperty(places, fc.integer({ min: 1, max: 400 }), async (given, shift) => {
      const moved = given.map((place) => ({ ...place, line: place.line + shift }));
      expect([...(await idsOf(moved)).values()]).toEqual([...(await idsOf(given)).values()]);
    }),
  );
});

test("one that is gone leaves the others who they were, but for its equals behind it", async () => {
  const [first, other, second] = [
    { rule: "R1", path: "a.js", line: 3, code: "eval(x)" },
    { rule: "R2", path: "a.js", line: 3, code: "eval(x)" },
    { rule: "R1", path: "a.js", line: 9, code: "eval(x)" },
  ];
  const before = await sarifFindings(aSarifLog([first, other, second]));
  const after = await sarifFindings(aSarifLog([first, other]));
  expect(after.map(({ sourceId }) => sourceId)).toEqual(before.slice(0, 2).map(({ sourceId }) => sourceId));
});

const place = { rule: "R1", path: "a.js", line: 3, code: "eval(x)" };
const idOf = async (more: Record<string, unknown>, over: Partial<SarifPlace> = {}, run = {}) =>
  (await sarifFindings(aSarifLog([{ ...place, ...over, more }], run)))[0]?.sourceId;

test("the tool's own fingerprint outlives a change of the code", async () => {
  const marked = { fingerprints: { "id/v1": "f00d" } };
  expect(await idOf(marked, { code: "eval(other)" })).toBe(await idOf(marked));
  expect(await idOf({ fingerprints: { "id/v1": "beef" } })).not.toBe(await idOf(marked));
});

test("a line's hash outlives a change of column", async () => {
  const hashes = (column: string) => ({
    partialFingerprints: { primaryLocationLineHash: "c0de:1", primaryLocationStartColumnFingerprint: column },
  });
  expect(await idOf(hashes("4"))).toBe(await idOf(hashes("9"), { code: "  eval(x)" }));
});

test("what stands in place of a fingerprint is none", async () => {
  expect(await idOf({ fingerprints: { "matchBasedId/v1": "requires login" } })).toBe(await idOf({}));
});

test("without code and fingerprint the words count, but not the numbers in them", async () => {
  const said = (text: string) => ({
    message: { text },
    locations: [{ physicalLocation: { artifactLocation: { uri: "a.js" } } }],
  });
  expect(await idOf(said("Declared at line 12"))).toBe(await idOf(said("Declared at line 52")));
  expect(await idOf(said("Declared here"))).not.toBe(await idOf(said("Used here")));
});

test("two analyses of one tool in a file do not become one; when they ran does not count", async () => {
  const run = (id: string) => ({ automationDetails: { id } });
  const web = await idOf({}, {}, run("web/2026-11-23"));
  expect(await idOf({}, {}, run("web/2026-11-24"))).toBe(web);
  expect(await idOf({}, {}, run("api/2026-11-24"))).not.toBe(web);
});

test("ten thousand equal results are told apart in a moment", async () => {
  const many = Array.from({ length: 10_000 }, (_, index) => ({ ...place, line: index + 1 }));
  const findings = await sarifFindings(aSarifLog(many));
  expect(new Set(findings.map(({ sourceId }) => sourceId)).size).toBe(10_000);
});
