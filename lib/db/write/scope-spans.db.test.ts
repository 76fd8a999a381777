import { beforeEach, expect, test } from "vitest";
import { appDatabase } from "#testing/app-database.ts";
import { database } from "../database.ts";

appDatabase();

const PLACE = { accountId: "111122223333", region: "eu-west-1", source: "inspector" };
beforeEach(async () => {
  await database().pool.query("DELETE FROM scope_pass; DELETE FROM scope");
  await database().prisma.scope.create({ data: PLACE });
});

const january = (day: number) => new Date(Date.UTC(2026, 0, day));

async function passesOn(...days: number[]): Promise<void> {
  for (const day of days) {
    const connectionId = "00000000-0000-7000-8000-000000000000";
    await database().prisma.scopePass.create({
      data: { ...PLACE, recordedAt: january(day), connectionId, mode: "whole" },
    });
  }
}

async function spans(): Promise<[number, number][]> {
  const rows = await database().prisma.scopeSpan.findMany({ orderBy: { fromAt: "asc" } });
  return rows.map(({ fromAt, toAt }) => [fromAt.getUTCDate(), toAt.getUTCDate()]);
}

test("passes no more than seven days apart make one span, to the day", async () => {
  await passesOn(1, 8, 15);
  expect(await spans()).toEqual([[1, 15]]);
  await passesOn(23);
  expect(await spans()).toEqual([
    [1, 15],
    [23, 23],
  ]);
});

test("in whichever order they come, passes make the same spans", async () => {
  await passesOn(30, 1, 16);
  expect(await spans()).toEqual([
    [1, 1],
    [16, 16],
    [30, 30],
  ]);
  await passesOn(23);
  expect(await spans()).toEqual([
    [1, 1],
    [16, 30],
  ]);
  await passesOn(10, 7, 4);
  expect(await spans()).toEqual([[1, 30]]);
});

test("a place that is removed leaves no span", async () => {
  await passesOn(1);
  await database().prisma.scope.deleteMany();
  expect(await spans()).toEqual([]);
});
