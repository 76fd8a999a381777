import { expect, test } from "vitest";
import { z } from "zod";
import { readListCursor, toListCursor } from "./list-cursor.ts";

const placeSchema = z.tuple([z.iso.datetime(), z.string()]);

test("a place comes back from its cursor, which needs no escape in an address", () => {
  const place = ["2026-11-24T00:00:00.000Z", "ä/+?&="];
  const cursor = toListCursor(place);
  expect(cursor).toBe(encodeURIComponent(cursor));
  expect(readListCursor(cursor, placeSchema)).toEqual(place);
});

test.each(["", "nonsense", toListCursor(["yesterday", "x"]), toListCursor({ at: 1 })])(
  "%j is refused by the name of its field",
  (cursor) => {
    expect(() => readListCursor(cursor, placeSchema)).toThrow(
      expect.objectContaining({ code: "invalid-input", faults: [expect.objectContaining({ field: "cursor" })] }),
    );
  },
);
