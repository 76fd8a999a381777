import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { AppError } from "#lib/domain/errors.ts";
import { aSarifLog } from "#testing/a-sarif-log.ts";
import { sarifFindings } from "#testing/sarif-findings.ts";

const folder = new URL("fixtures/", import.meta.url);
const logs: unknown[] = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")));

/** What may stand anywhere in a log that somebody wrote by hand, or against us. */
const thing = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(
    "javascript:alert(1)",
    "../../../etc/passwd",
    "file:///%2e%2e/%00",
    "\u0000\u001b[31m\ud800",
    "__proto__",
    "<img src=x onerror=alert(1)>",
    "{0}{1}{999}",
    "[".repeat(3_000),
    "%".repeat(3_000),
    -1,
    1e308,
    2 ** 31,
    0.5,
    null,
    [],
    {},
  ),
);

/** The same value with another in place of its nth part. */
function withPart(value: unknown, n: number, other: unknown): unknown {
  let left = n;
  const walk = (part: unknown): unknown => {
    if (left-- === 0) return other;
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, walk(inner)]));
  };
  return walk(value);
}

test("whatever stands in a log, it is read or refused with its place", async () => {
  const damaged = fc.record({
    log: fc.constantFrom(...logs),
    parts: fc.array(fc.tuple(fc.nat(150), thing), { minLength: 1, maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(damaged, async ({ log, parts }) => {
      const written = parts.reduce((text: unknown, [n, other]) => withPart(text, n, other), log);
      const findings = await sarifFindings(written).catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        expect(error.faults[0]?.field).toMatch(/^\$/);
        return [];
      });
      for (const { code, sourceId } of findings) {
        expect(code?.path ?? "").not.toMatch(/(^|\/)\.\.(\/|$)|\p{Cc}/u);
        expect(sourceId).toMatch(/^shop\/[0-9a-f]{32}(\/\d+)?$/);
      }
    }),
    { numRuns: 2_000 },
  );
}, 60_000);

test("names that mean something to JavaScript mean nothing here", async () => {
  const place = { rule: "__proto__", path: "constructor", line: 1, code: "toString()" };
  const more = JSON.parse('{"message":{"id":"__proto__","arguments":[]},"fingerprints":{"__proto__":"x"}}');
  const [finding] = await sarifFindings(
    aSarifLog([{ ...place, more }], JSON.parse('{"originalUriBaseIds":{"__proto__":{"uri":"x/"}}}')),
  );
  expect(finding).toMatchObject({ vulnerability: { name: "Lint/__proto__" }, code: { path: "constructor" } });
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
});

test("long texts of one sign are read in the time that their length takes", async () => {
  // A pattern that goes back and forth would take minutes, and end by the test's own limit.
  for (const text of ["[", "[a](", "\\", "Package: ", " ", "{"].map((sign) => sign.repeat(60_000 / sign.length))) {
    const place = { rule: text, path: text, line: 1, code: text, more: { message: { text, arguments: ["x"] } } };
    expect(await sarifFindings(aSarifLog([place]))).toHaveLength(1);
  }
});
