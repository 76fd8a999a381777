import fc from "fast-check";
import { expect, test } from "vitest";
import { type Cut, type CutPlan, cutJson } from "./json-cutter.ts";

async function* inChunks(text: string | Buffer, sizeBytes = 7): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += sizeBytes) yield bytes.subarray(at, at + sizeBytes);
}

async function cutsOf(text: string | Buffer, plan: CutPlan, sizeBytes?: number): Promise<Cut[]> {
  const cuts: Cut[] = [];
  for await (const cut of cutJson(inChunks(text, sizeBytes), plan)) cuts.push(cut);
  return cuts;
}

const whole: CutPlan = () => "take";
const passed: CutPlan = () => "pass";
const results: CutPlan = (route) => (route === ".runs[].results[]" ? "take" : "enter");

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test("takes values where the plan says, with their paths, and reads on", async () => {
  const text = '{"version":"2.1.0","runs":[{"results":[{"a":1},{"a":[2]}]},{"tool":{},"results":[{"a":"}]\\""}]}]}';
  const cuts = await cutsOf(text, results);
  expect(cuts.filter(({ route }) => route === ".runs[].results[]")).toMatchObject([
    { kind: "value", places: [0, 0], path: "$.runs[0].results[0]", value: { a: 1 }, sizeBytes: 7 },
    { places: [0, 1], path: "$.runs[0].results[1]", value: { a: [2] } },
    { places: [1, 0], path: "$.runs[1].results[0]", value: { a: '}]"' } },
  ]);
  expect(cuts.slice(0, 4)).toMatchObject([
    { kind: "object", path: "$" },
    { kind: "value", path: "$.version", value: "2.1.0" },
    { kind: "list", path: "$.runs" },
    { kind: "object", path: "$.runs[0]" },
  ]);
});

test("a taken value is what JSON.parse makes of it, wherever the chunks end", async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.integer({ min: 1, max: 20 }), fc.boolean(), async (value, size, isSpaced) => {
      const text = JSON.stringify(value, null, isSpaced ? "\t" : undefined);
      const [cut] = await cutsOf(text, whole, size);
      expect(cut?.value).toEqual(JSON.parse(text));
    }),
  );
});

test("judges a damaged text as JSON.parse does, whether it takes it or passes over it", async () => {
  const damage = fc.record({
    at: fc.nat(),
    length: fc.nat(3),
    put: fc.constantFrom("", ",", "}", "]", '"', "1", "\\", " ", "{", ":", "null", "e"),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.json({ maxDepth: 4 }),
      damage,
      fc.integer({ min: 1, max: 9 }),
      async (json, { at, length, put }, size) => {
        const place = at % (json.length + 1);
        const text = json.slice(0, place) + put + json.slice(place + length);
        // Names that stand twice are refused on the way, which JSON.parse does not do: nothing is on the way here.
        for (const plan of [whole, passed]) {
          const isTaken = await cutsOf(text, plan, size).then(
            () => true,
            () => false,
          );
          expect([plan === whole, isTaken]).toEqual([plan === whole, isJson(text)]);
        }
      },
    ),
    { numRuns: 2_000 },
  );
});

test.each([
  ["an end that is missing", '{"runs":[{"results":[{"a":1}', "$.runs[0].results[0]"],
  ["a value that is no JSON", '{"runs":[{"results":[{"a":1},{"a":x}]}]}', "$.runs[0].results[1]"],
  ["a name that stands twice", '{"runs":[],"runs":[]}', "$.runs"],
  ["a name with signs in it", '{"my runs":[1,]}', '$["my runs"][1]'],
  [
    "what is nested too deeply to take",
    `{"runs":[{"results":[${"[".repeat(200)}${"]".repeat(200)}]}]}`,
    "$.runs[0].results[0]",
  ],
  ["more after the end", '{"runs":[]} {}', "$"],
  ["nothing at all", "", "$"],
])("names the path of %s", async (_, text, field) => {
  await expect(cutsOf(text, results)).rejects.toMatchObject({ code: "invalid-input", faults: [{ field }] });
});

test("refuses what is nested too deeply to enter, and what is not UTF-8", async () => {
  await expect(cutsOf("[".repeat(100_000), passed, 65_536)).rejects.toThrow("nested too deeply");
  await expect(cutsOf(Buffer.from([0x22, 0xff, 0x22]), whole)).rejects.toThrow("not UTF-8");
});

test("refuses a value that nobody could hold, once it is too long", async () => {
  let sentBytes = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('"');
    for (;;) {
      sentBytes += 1024 ** 2;
      yield Buffer.alloc(1024 ** 2, "a");
    }
  }
  const cuts = cutJson(endless(), whole);
  await expect(cuts.next()).rejects.toThrow("longer than 16 MB");
  expect(sentBytes).toBeLessThan(20 * 1024 ** 2);
});
