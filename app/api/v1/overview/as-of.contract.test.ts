import { beforeAll, expect, test } from "vitest";
import { overviewSchema } from "#lib/domain/overview.ts";
import { dueByTeamSchema, slaStandingSchema } from "#lib/domain/sla.ts";
import { newTeamSchema } from "#lib/domain/team.ts";
import { openAgeSchema } from "#lib/domain/trends.ts";
import { openQueue } from "#lib/jobs/queue.ts";
import { changePolicy } from "#lib/usecases/sla.ts";
import { createTeam } from "#lib/usecases/teams.ts";
import { apiDatabase, aSignedInPerson, ask, type Signed } from "#testing/api.ts";
import { type AskedList, askedLists } from "#testing/asked-lists.ts";
import { randomFrom } from "#testing/random.ts";
import { replayedSample, syncThreeTimesMore } from "#testing/replayed-sample.ts";
import * as standingRoute from "../sla/standing/route.ts";
import * as dueRoute from "../sla/teams/route.ts";
import * as ageRoute from "../trends/age/route.ts";
import * as overviewRoute from "./route.ts";

const DAY_MS = 86_400_000;
const END = new Date("2026-11-01T00:00:00Z");
const POINTS = 50;
const TEAM = "&team=platform";

const db = apiDatabase();
let signed: Signed;
const { get, listOf, csvIdsOf, jsonlIdsOf, facetsOf } = askedLists(() => signed);

// What is due, and whose it is, is settled before the year is lived through.
beforeAll(async () => {
  await openQueue(db.url);
  signed = await aSignedInPerson("lead");
  const before = new Date(END.getTime() - 800 * DAY_MS);
  const rules = [{ kind: "image" as const, pattern: "p*" }];
  await createTeam(newTeamSchema.parse({ name: "Platform", rules }), signed.caller, before);
  const days = { critical: 20, high: 60, medium: 120 };
  await changePolicy({ basedOn: 0, rules: [{ level: "organisation", id: null, days }] }, signed.caller, before);
});
const sample = await replayedSample(db, END);

type Point = Awaited<ReturnType<typeof tellAt>>;

/** Every tile of a moment, of everything or of a team. */
async function tellAt(asOf: string, team: string) {
  const query = `asOf=${asOf}${team}`;
  const answer = async (route: typeof overviewRoute.GET, path: string) => (await get(route, `${path}?${query}`)).json();
  return {
    query,
    overview: overviewSchema.parse(await answer(overviewRoute.GET, "/api/v1/overview")),
    due: dueByTeamSchema.parse(await answer(dueRoute.GET, "/api/v1/sla/teams")),
    standing: slaStandingSchema.parse(await answer(standingRoute.GET, "/api/v1/sla/standing")),
    age: openAgeSchema.parse(await answer(ageRoute.GET, "/api/v1/trends/age")),
  };
}

const countBy = ({ items }: AskedList, key: (item: AskedList["items"][number]) => string) =>
  Object.fromEntries([...Map.groupBy(items, key)].map(([value, own]) => [value, own.length]));

/** The overview's tiles and table against the lists that they open. */
async function expectOverview({ query, overview }: Point, open: AskedList): Promise<void> {
  const { critical, knownExploited, matrix, worst, since, urgent } = overview;
  const bySeverity = countBy(open, ({ severity }) => severity);
  expect([query, critical.open, matrix.total.open]).toEqual([query, bySeverity.critical ?? 0, open.count]);
  expect(urgent).toBe((bySeverity.critical ?? 0) + (bySeverity.high ?? 0));
  expect(worst.map(({ id }) => id)).toEqual(open.ids.slice(0, worst.length));
  const cells = matrix.rows.flatMap(({ severity, bySource }) =>
    Object.entries(bySource).map(([source, n]) => [`${severity} ${source}`, n]),
  );
  expect(Object.fromEntries(cells)).toEqual(countBy(open, ({ severity, source }) => `${severity} ${source}`));
  const exploited = open.items.filter((item) => item.knownExploited);
  expect(knownExploited.findings).toBe(exploited.length);
  expect(knownExploited.resources).toBe(new Set(exploited.map(({ resource }) => resource.id)).size);
  const scope = query.includes(TEAM) ? TEAM : "";
  for (const movement of ["new", "fixed", "reopened", "suppressed"] as const) {
    const { count } = await listOf(`movement=${movement}&movedFrom=${since.from}&movedTo=${since.to}${scope}`);
    expect([query, movement, since[movement]]).toEqual([query, movement, count]);
  }
}

/** What is due, and how old it is, against the lists. */
async function expectClocks({ query, due, standing, age }: Point, open: AskedList): Promise<void> {
  const countOf = async (condition: string) => (await listOf(`status=active&${condition}&${query}`)).count;
  const { overdue, atRisk, inTime, undated } = standing.all;
  const told = [due.overdue, due.dueInWeek, overdue.findings, atRisk.findings, undated.findings];
  const listed = [await countOf("due=overdue"), await countOf("due=week"), await countOf("due=overdue")];
  expect([query, ...told]).toEqual([query, ...listed, await countOf("due=at-risk"), await countOf("due=none")]);
  expect(overdue.findings + atRisk.findings + inTime.findings + undated.findings).toBe(open.count);
  expect(due.teams.reduce((sum, team) => sum + team.overdue, 0)).toBe(due.overdue);
  for (const { openedFrom, openedTo, findings } of age.buckets) {
    const from = openedFrom === null ? "" : `&issueOpenedFrom=${openedFrom}`;
    const to = openedTo === null ? "" : `&issueOpenedTo=${openedTo}`;
    expect([query, openedFrom, findings]).toEqual([query, openedFrom, await countOf(`${from}${to}`.slice(1))]);
  }
}

const points: { told: Point; ids: string[] }[] = [];

test("50 random instants: tiles, tables and ages, their lists, the files and the facets agree", async () => {
  const { below } = randomFrom(11);
  const first = END.getTime() - 364 * DAY_MS;
  for (let n = 0; n < POINTS; n += 1) {
    const at = new Date(first + below(364) * DAY_MS + below(DAY_MS));
    const told = await tellAt(at.toISOString(), n % 3 === 0 ? TEAM : "");
    const moments = [told.overview, told.due, told.standing, told.age].map(({ asOf }) => asOf);
    expect(new Set(moments)).toEqual(new Set([at.toISOString()]));
    const open = await listOf(`status=active&${told.query}`);
    expect(open.ids).toHaveLength(open.count);
    await expectOverview(told, open);
    await expectClocks(told, open);
    expect(await csvIdsOf(`status=active&${told.query}`)).toEqual(open.ids);
    expect(await jsonlIdsOf(`status=active&${told.query}`)).toEqual(open.ids);
    const { severity } = await facetsOf(`status=active&${told.query}`);
    expect(severity.reduce((sum, { count }) => sum + count, 0)).toBe(open.count);
    points.push({ told, ids: open.ids });
  }
  // Nothing agrees with nothing: most points have something of everything.
  const filled = points.filter(
    ({ told: { overview, due } }) => overview.knownExploited.findings > 0 && due.overdue > 0,
  );
  expect(filled.length).toBeGreaterThan(POINTS / 2);
}, 300_000);

test("before the first sync, to come or no moment at all: each tile refuses it and names the field", async () => {
  for (const route of [overviewRoute.GET, dueRoute.GET, standingRoute.GET, ageRoute.GET]) {
    for (const [asOf, status] of [
      ["2020-01-01", 410],
      ["2999-01-01", 400],
      ["yesterday", 400],
    ] as const) {
      const answer = await ask(route, `/x?asOf=${asOf}`, { headers: signed.headers });
      expect([answer.status, (await answer.json()).errors[0].field]).toEqual([status, "asOf"]);
    }
  }
});

test("in the first week nobody knows how many were critical a week before", async () => {
  const { overview } = await tellAt(new Date(END.getTime() - 363 * DAY_MS).toISOString(), "");
  expect(overview.critical.before).toBeNull();
});

test("after three more syncs every one of these instants gives the same answers", async () => {
  const now = await listOf("status=active");
  await syncThreeTimesMore(sample.url, END);
  expect((await listOf("status=active")).ids).not.toEqual(now.ids);
  for (const { told, ids } of points) {
    const again = await tellAt(
      told.query.slice("asOf=".length).replace(TEAM, ""),
      told.query.includes(TEAM) ? TEAM : "",
    );
    const worstIds = ({ overview }: Point) => overview.worst.map(({ id }) => id);
    expect(worstIds(again)).toEqual(worstIds(told));
    // What a version does not hold of a finding is today's: its title, its package, where it was seen last.
    expect({ ...again, overview: { ...again.overview, worst: [] } }).toEqual({
      ...told,
      overview: { ...told.overview, worst: [] },
    });
    expect((await listOf(`status=active&${told.query}`)).ids).toEqual(ids);
    expect(await csvIdsOf(`status=active&${told.query}`)).toEqual(ids);
  }
}, 300_000);
