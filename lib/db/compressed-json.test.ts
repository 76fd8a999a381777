import { zstdDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { toCompressedJson } from "./compressed-json.ts";

test.each([0, 1, 200, 253, 254, 255, 300, 508, 509, 510, 511, 5_000, 100_000])(
  "a text of %i characters comes back as it was",
  (length) => {
    const text = "ä".repeat(length % 7) + "x".repeat(length);
    expect(JSON.parse(zstdDecompressSync(toCompressedJson(text)).toString())).toBe(text);
  },
);

test("a long value takes less room than its JSON", () => {
  const value = Array.from({ length: 100 }, (_, number) => ({ name: "openssl", number }));
  expect(toCompressedJson(value).length).toBeLessThan(JSON.stringify(value).length / 4);
});
