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

async function gaps(): Promise<[number, number][]> {
  const rows = await database().prisma.scopeGap.findMany({ orderBy: { fromAt: "asc" } });
  return rows.map(({ fromAt, toAt }) => [fromAt.getUTCDate(), toAt.getUTCDate()]);
}

async function firstPassOn(): Promise<number | undefined> {
  return (await database().prisma.scope.findFirstOrThrow()).firstPassAt?.getUTCDate();
}

test("passes no more than seven days apart, to the day, leave no gap", async () => {
  await passesOn(1, 8, 15);
  expect(await gaps()).toEqual([]);
  await passesOn(23);
  expect(await gaps()).toEqual([[15, 23]]);
});

test("in whichever order they come, passes leave the same gaps", async () => {
  await passesOn(30, 1, 16);
  expect(await gaps()).toEqual([
    [1, 16],
    [16, 30],
  ]);
  await passesOn(23);
  expect(await gaps()).toEqual([[1, 16]]);
  await passesOn(10, 7, 4);
  expect(await gaps()).toEqual([]);
});

test("passes that come in one statement cut a gap once", async () => {
  await passesOn(1, 30);
  const connectionId = "00000000-0000-7000-8000-000000000000";
  const data = [12, 16].map((day) => ({ ...PLACE, recordedAt: january(day), connectionId, mode: "whole" }));
  await database().prisma.scopePass.createMany({ data });
  expect(await gaps()).toEqual([
    [1, 12],
    [16, 30],
  ]);
});

test("a place begins with its earliest pass", async () => {
  await passesOn(16);
  expect(await firstPassOn()).toBe(16);
  await passesOn(20, 4);
  expect(await firstPassOn()).toBe(4);
});

test("a place that is removed leaves no gap", async () => {
  await passesOn(1, 30);
  await database().prisma.scope.deleteMany();
  expect(await gaps()).toEqual([]);
});
