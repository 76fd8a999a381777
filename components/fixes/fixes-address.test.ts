import { expect, test } from "vitest";
import { fixesQuerySchema } from "#lib/domain/fix.ts";
import { readFixesAddress } from "./fixes-address.ts";

test("the page reads its address as the API reads its query", () => {
  const written = { severity: "critical,high", "-accountId": "1", q: " openssl ", due: "week", status: "active" };
  const { status: _status, ...query } = written;
  expect(readFixesAddress(written)).toEqual(fixesQuerySchema.parse(query));
});

test("what the list can be narrowed by and fixes cannot, or nothing can, is left out", () => {
  const written = { status: "closed", asOf: "2026-11-24", severity: "dreadful", unknown: "yes" };
  expect(readFixesAddress(written)).toEqual(fixesQuerySchema.parse({}));
});
