import fc from "fast-check";
import { expect, test } from "vitest";
import { fromUploadMetadata, toUploadMetadata } from "./upload-metadata.ts";

test("what a sender tells of its file is read back, in any language", () => {
  const texts = fc.dictionary(fc.stringMatching(/^[a-zA-Z0-9_.-]{1,20}$/), fc.string({ unit: "binary" }));
  fc.assert(
    fc.property(texts, (pairs) => {
      expect(Object.fromEntries(toUploadMetadata(fromUploadMetadata(pairs)) ?? [])).toEqual({ ...pairs });
    }),
  );
});

test.each([
  ["a key without a value", "isPublic", { isPublic: "" }],
  ["blanks around pairs", "filename YS56aXA=, size MTA=", { filename: "a.zip", size: "10" }],
  ["nothing", "", {}],
])("%s is understood", (_, text, pairs) => {
  expect(Object.fromEntries(toUploadMetadata(text) ?? [])).toEqual(pairs);
});

test.each(["filename ???", "filename YS56aXA", "a YQ==,a Yg==", ",", "a YQ== Yg==", "clé YQ=="])(
  "%s is none",
  (text) => {
    expect(toUploadMetadata(text)).toBeNull();
  },
);
