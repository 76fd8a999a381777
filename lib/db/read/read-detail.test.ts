import { expect, test } from "vitest";
import { toCompressedJson } from "../compressed-json.ts";
import { readDetail, readPacked } from "./read-detail.ts";

const detail = {
  description: "A request can write a file. ".repeat(30),
  scoreAdjustments: [],
  packages: [],
  code: null,
  network: null,
  remediation: null,
};
const dictionary = Buffer.from(JSON.stringify(detail));

test("a detail comes back as it was written", async () => {
  expect(await readDetail(toCompressedJson(detail, dictionary), dictionary)).toEqual(detail);
});

test.each([
  ["compressed with what this version does not know", toCompressedJson(detail, dictionary)],
  ["in another format", Buffer.from([0xff, 2, 3, 4])],
  ["of another shape than this version knows", toCompressedJson({ ...detail, packages: "none" }, null)],
])("a detail %s is told as written by a newer version, not as a fault", async (_how, packed) => {
  await expect(readDetail(packed, null)).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("a newer version of Sightline wrote it"),
  });
});

test("what a source said that cannot be read is told so too", async () => {
  await expect(readPacked(Buffer.from("later"), null)).rejects.toMatchObject({ code: "unavailable" });
});
