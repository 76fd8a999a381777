import { expect, test } from "vitest";
import { scanFilterSchema } from "#lib/domain/scan.ts";
import { appDatabase } from "#testing/app-database.ts";
import { aCodeFinding, aScanRevision } from "#testing/scan-revisions.ts";
import { getScan, listScans } from "./scans.ts";

appDatabase();

const at = (day: number) => new Date(Date.UTC(2026, 2, day));

test("a scan tells how many findings were open after each of its revisions", async () => {
  const one = aCodeFinding("shop", 1);
  const two = (day: number, status: "active" | "closed") =>
    aCodeFinding("shop", 2, { status, updatedAt: at(day), firstObservedAt: at(1) });
  await aScanRevision("shop", at(1), [one]);
  await aScanRevision("shop", at(2), [one, two(2, "active")]);
  await aScanRevision("shop", at(3), [one, two(3, "closed")]);
  const { history, revisions, open, runs } = await getScan("shop");
  expect(history).toEqual([
    { revision: 1, open: 1 },
    { revision: 2, open: 2 },
    { revision: 3, open: 1 },
  ]);
  expect(revisions).toBe(3);
  expect(open).toEqual({ high: 1 });
  expect(runs.map(({ revision }) => revision)).toEqual([3, 2, 1]);
});

test.each([
  ["PAY", ["pay-api", "web-pay"]],
  ["_", ["a_b"]],
  ["%", []],
  ["", ["a_b", "pay-api", "shop", "web-pay"]],
])("the list narrowed by %j has exactly the names that contain it", async (q, expected) => {
  for (const name of ["pay-api", "web-pay", "a_b", "shop"]) await aScanRevision(name, at(4), []);
  const { items } = await listScans(scanFilterSchema.parse({ q }));
  expect(items.map(({ name }) => name)).toEqual(expected);
});

test("the pages of a list hold each scan once", async () => {
  const first = await listScans(scanFilterSchema.parse({ limit: 2 }));
  const second = await listScans(scanFilterSchema.parse({ limit: 2, cursor: first.nextCursor }));
  expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(["a_b", "pay-api", "shop", "web-pay"]);
  expect(second.nextCursor).toBeNull();
});
