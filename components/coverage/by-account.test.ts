import { expect, test } from "vitest";
import type { FreshnessScope } from "#lib/domain/freshness.ts";
import { byAccount } from "./by-account.ts";

const scope = (accountId: string, region: string, accountName: string | null = null): FreshnessScope => ({
  source: "inspector",
  accountId,
  accountName,
  region,
  state: "complete",
  lastWholePassAt: null,
  lastPassAt: null,
  failure: null,
  isSample: false,
});

test("accounts stand by name with their places in one order, and what is scanned here belongs to this installation", () => {
  const accounts = byAccount([
    scope("2", "us-east-1", "zebra"),
    scope("000000000000", "local"),
    scope("1", "us-east-1", "apple"),
    scope("1", "eu-west-1", "apple"),
  ]);
  expect(accounts.map(({ name, scopes }) => [name, scopes.map(({ region }) => region)])).toEqual([
    ["This installation", ["local"]],
    ["apple", ["eu-west-1", "us-east-1"]],
    ["zebra", ["us-east-1"]],
  ]);
});
