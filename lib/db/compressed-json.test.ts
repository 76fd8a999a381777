import { zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fromCompressedJson, toCompressedJson } from "./compressed-json.ts";

const openssl = Array.from({ length: 40 }, (_, number) => ({ name: "openssl", number }));

test.each([0, 1, 200, 253, 254, 255, 300, 508, 509, 510, 511, 5_000, 100_000])(
  "a text of %i characters comes back as it was",
  async (length) => {
    const text = "ä".repeat(length % 7) + "x".repeat(length);
    expect(await fromCompressedJson(toCompressedJson(text, null), null)).toBe(text);
  },
);

test("any value comes back as it was, whatever the dictionary", async () => {
  const dictionary = fc.oneof(
    fc.constant(null),
    fc.uint8Array({ maxLength: 9_000 }).map((bytes) => Buffer.from(bytes)),
    fc.json().map((json) => Buffer.from(json)),
    fc.json().map((json) => zstdCompressSync(json)), // begins as a frame does
  );
  await fc.assert(
    fc.asyncProperty(fc.json({ maxDepth: 4 }), dictionary, async (json, known) => {
      const value: unknown = JSON.parse(json);
      expect(await fromCompressedJson(toCompressedJson(value, known), known)).toEqual(value);
    }),
  );
});

test.each([
  ["stored as it is", "KLUv/SACEQAAe30=", {}],
  [
    "compressed without a dictionary",
    "KLUv/WDPA0UEAIIEDxWguxj12DaJWbWmCrj9/z9FzvS/CgHHS////79t27bdtm3bVBCDENxFD1BsVsKcRkTFubaYhYqLIY2PEScggDNKD6KIV2SiEE9kRRGPyEQhnsiIIp7IiiIekS1KDuLhJLKbRLFJvJpERpMoM4knk8gxiQbTsLfc92a3uO9mbrmP3ewQxjw=",
    openssl,
  ],
])("what an earlier version wrote is read: %s", async (_how, base64, value) => {
  expect(await fromCompressedJson(Buffer.from(base64, "base64"), null)).toEqual(value);
});

test("a long value takes less room than its JSON, and still less with what it is known to say", () => {
  const alone = toCompressedJson(openssl, null).length;
  expect(alone).toBeLessThan(JSON.stringify(openssl).length / 4);
  const known = Buffer.from(JSON.stringify(openssl.slice(0, 20)));
  expect(toCompressedJson(openssl, known).length).toBeLessThan(alone / 1.5);
});

test.each([
  ["nothing", Buffer.alloc(0)],
  ["no frame", Buffer.from('{"name": "openssl"}')],
  ["a frame that is cut off", toCompressedJson(openssl, null).subarray(0, 60)],
  ["a frame of something else than JSON", zstdCompressSync("openssl")],
  ["a frame of more than 64 MiB", zstdCompressSync(Buffer.alloc(64 * 1024 * 1024 + 1, " "))],
])("%s is refused", async (_what, frame) => {
  await expect(fromCompressedJson(frame, null)).rejects.toThrow();
});
