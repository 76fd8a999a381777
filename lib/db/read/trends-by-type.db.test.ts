import { afterEach, expect, test } from "vitest";
import { asOfOfDay } from "#lib/domain/as-of-day.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { type TrendsAddress, trendsQuerySchema } from "#lib/domain/trends.ts";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { startPass, wholePass } from "#testing/sync-passes.ts";
import { database } from "../database.ts";
import { lineageId } from "../identity.ts";
import { foldParts } from "../write/fold-parts.ts";
import { saveObservedFindings } from "../write/observed-findings.ts";
import { verifyRollups } from "../write/verify-rollups.ts";
import { listFindings } from "./list-findings.ts";
import { getTrends } from "./trends.ts";

appDatabase();
afterEach(clearFindings);

const NOW = new Date("2026-03-01T12:00:00Z");
const IMAGE = "AWS_ECR_CONTAINER_IMAGE";
const INSTANCE = "AWS_EC2_INSTANCE";
const HERE = "111111111111";
const THERE = "222222222222";
const january = (day: number) => `2026-01-${String(day).padStart(2, "0")}T06:00:00Z`;
const byType = (address: TrendsAddress = {}) =>
  getTrends(trendsQuerySchema.parse({ from: "2026-01-01", to: "2026-01-03", ...address, by: "resourceType" }), NOW);
const openOf = async (address?: TrendsAddress) => (await byType(address)).days.map(({ open }) => open);

const instance = (accountId: string, at = january(1)) =>
  anObservedFinding({
    accountId,
    updatedAt: new Date(at),
    resource: { type: INSTANCE, id: `arn:aws:ec2:eu-west-1:${accountId}:instance/i-1`, lineage: "instance:i-1" },
  });
const image = (accountId: string) => anObservedFinding({ accountId, updatedAt: new Date(january(1)) });

/** Two accounts, an image and an instance in each; a second instance comes on the second day, an image goes on the third. */
async function threeDays() {
  const connectionId = await aConnection();
  const instances = [instance(HERE), instance(THERE)];
  const [kept, gone] = [image(HERE), image(THERE)];
  await wholePass(connectionId, january(1), [...instances, kept, gone]);
  const later = instance(HERE, january(2));
  await wholePass(connectionId, january(2), [...instances, later, kept, gone]);
  await wholePass(connectionId, january(3), [...instances, later, kept]);
  return { connectionId, observed: [...instances, later, kept] };
}

/** The rules that would have given places to teams are none of this file's. */
const wrongCounts = async () => (await verifyRollups()).filter(({ rollup }) => rollup !== "lineage_team");

function giveToTeam(accountId: string, lineage: string, team: string) {
  return database().pool.query(
    "INSERT INTO lineage_team VALUES ($1, $2, $3) ON CONFLICT (account_id, lineage_id) DO UPDATE SET team_id = $3",
    [accountId, lineageId(accountId, lineage), team],
  );
}

test("what is open is told by type of resource, of everything and of an account, before and after parts are put together", async () => {
  await threeDays();
  const all = [
    { [IMAGE]: 2, [INSTANCE]: 2 },
    { [IMAGE]: 2, [INSTANCE]: 3 },
    { [IMAGE]: 1, [INSTANCE]: 3 },
  ];
  expect(await openOf()).toEqual(all);
  await foldParts(new AbortController().signal);
  expect(await openOf()).toEqual(all);
  expect(await openOf({ accountId: HERE })).toEqual([
    { [IMAGE]: 1, [INSTANCE]: 1 },
    { [IMAGE]: 1, [INSTANCE]: 2 },
    { [IMAGE]: 1, [INSTANCE]: 2 },
  ]);
  expect((await byType()).keys).toEqual([
    { key: INSTANCE, label: "EC2 instance" },
    { key: IMAGE, label: "ECR image" },
  ]);
  expect(await wrongCounts()).toEqual([]);
});

test("the number of each day and type is that of its list", async () => {
  await threeDays();
  const trend = await byType();
  for (const day of trend.days) {
    for (const [resourceType, count] of Object.entries(day.open)) {
      const asOf = asOfOfDay(day.day, trend);
      const { total } = await listFindings(findingFilterSchema.parse({ status: "active", resourceType, asOf }));
      expect(total).toEqual({ count, exact: true });
    }
  }
});

test("a place that comes to a team, changes hands or leaves takes its past along", async () => {
  await threeDays();
  const ofTeams = async () => [
    await openOf({ team: "payments" }),
    await openOf({ team: "web" }),
    (await openOf({ team: NO_TEAM })).at(-1),
  ];
  const instances = [1, 2, 2].map((n) => ({ [INSTANCE]: n }));
  const nothing = [{}, {}, {}];
  expect(await ofTeams()).toEqual([nothing, nothing, { [IMAGE]: 1, [INSTANCE]: 3 }]);
  await giveToTeam(HERE, "instance:i-1", "payments");
  expect(await ofTeams()).toEqual([instances, nothing, { [IMAGE]: 1, [INSTANCE]: 1 }]);
  expect(await wrongCounts()).toEqual([]);
  await giveToTeam(HERE, "instance:i-1", "web");
  expect(await ofTeams()).toEqual([nothing, instances, { [IMAGE]: 1, [INSTANCE]: 1 }]);
  expect(await wrongCounts()).toEqual([]);
  await database().pool.query("DELETE FROM lineage_team");
  expect(await ofTeams()).toEqual([nothing, nothing, { [IMAGE]: 1, [INSTANCE]: 3 }]);
  expect(await wrongCounts()).toEqual([]);
});

test("what comes to a place of a team is the team's from its first day", async () => {
  await giveToTeam(HERE, "instance:i-1", "payments");
  await threeDays();
  expect(await openOf({ team: "payments" })).toEqual([1, 2, 2].map((n) => ({ [INSTANCE]: n })));
  expect(await wrongCounts()).toEqual([]);
});

test("a finding whose resource is of another type than was thought takes its past along", async () => {
  const { connectionId, observed } = await threeDays();
  const retyped = observed.map((one) =>
    one.resource.type === IMAGE
      ? { ...one, updatedAt: new Date(january(4)), resource: { ...one.resource, type: "AWS_ECR_REPOSITORY" } }
      : one,
  );
  await wholePass(connectionId, january(4), retyped);
  expect(await openOf({ accountId: HERE })).toEqual([
    { AWS_ECR_REPOSITORY: 1, [INSTANCE]: 1 },
    { AWS_ECR_REPOSITORY: 1, [INSTANCE]: 2 },
    { AWS_ECR_REPOSITORY: 1, [INSTANCE]: 2 },
  ]);
  expect(await wrongCounts()).toEqual([]);
});

test("what a pass under way has written is not told yet", async () => {
  const { connectionId, observed } = await threeDays();
  const pass = await startPass(connectionId, "whole", january(4));
  await saveObservedFindings(pass, [...observed, instance(THERE, january(4))]);
  expect((await openOf({ to: "2026-01-04" })).at(-1)).toEqual({ [IMAGE]: 1, [INSTANCE]: 3 });
});

test("of the time before the first sync what is still open is told by type as well", async () => {
  await wholePass(await aConnection(), january(3), [instance(HERE), image(THERE)]);
  expect((await byType()).days.map(({ stillOpen }) => stillOpen)).toEqual([
    { [IMAGE]: 1, [INSTANCE]: 1 },
    { [IMAGE]: 1, [INSTANCE]: 1 },
    {},
  ]);
});
