import { expect, test } from "vitest";
import { CreateUploadUrlCommand, ListScansCommand } from "#lib/sources/codeguru/commands.ts";
import { ThrottlingException } from "#lib/sources/codeguru/errors.ts";
import { testDatabase } from "#testing/database.ts";
import { scannerService } from "#testing/scanner-service.ts";

let clock = Date.now();
const limits = { createPerSecond: 2, otherPerSecond: 3 };
const service = scannerService(testDatabase(), { limits, now: () => new Date(clock) });

async function countAnswered(times: number, call: () => Promise<unknown>): Promise<number> {
  const answers = await Promise.allSettled(Array.from({ length: times }, call));
  for (const answer of answers)
    if (answer.status === "rejected") expect(answer.reason).toBeInstanceOf(ThrottlingException);
  return answers.filter(({ status }) => status === "fulfilled").length;
}

test("each operation has its own rate, and more is a ThrottlingException", async () => {
  const client = service.client();
  const create = () => client.send(new CreateUploadUrlCommand({ scanName: "a" }));
  const list = () => client.send(new ListScansCommand({}));
  expect(await countAnswered(5, create)).toBe(2);
  expect(await countAnswered(5, list)).toBe(3);
  clock += 500;
  expect(await countAnswered(5, create)).toBe(1);
  clock += 60_000;
  expect(await countAnswered(5, create)).toBe(2);
});
