import { beforeAll, expect, test } from "vitest";
import { closeUnseenFindings } from "#lib/db/write/closing.ts";
import { saveObservedFindings } from "#lib/db/write/observed-findings.ts";
import { finishSyncRun } from "#lib/db/write/sync-run.ts";
import type { FindingStatus } from "#lib/domain/finding.ts";
import { type FindingQuery, findingConditionsSchema, findingFilterSchema } from "#lib/domain/finding-filter.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { appDatabase } from "#testing/app-database.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { randomFrom } from "#testing/random.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { startPass } from "#testing/sync-passes.ts";
import { clocksOf, newOracle, type OracleClock, type OracleEvent, runPass } from "#testing/write-oracle.ts";
import { database } from "../database.ts";
import { countFindings, listFindings } from "./list-findings.ts";

appDatabase();

const FINDINGS = 5_000;
const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 1, 1);
const { below, pick } = randomFrom(41);
const oracle = newOracle();

/** When each pass was, which kind it was, and how many of the findings there were by then. */
const PASSES = [
  { day: 0, mode: "whole", known: 3_500 },
  { day: 4, mode: "incremental", known: 4_200 },
  { day: 9, mode: "whole", known: FINDINGS },
  { day: 20, mode: "incremental", known: FINDINGS },
  { day: 31, mode: "whole", known: FINDINGS },
] as const;
const toInstant = (day: number) => new Date(START + day * DAY_MS);

type Known = { sourceId: string; events: OracleEvent[]; firstObservedAt: Date; clocks: OracleClock[] };
let all: Known[] = [];
const idOf = new Map<string, string>();

beforeAll(async () => {
  const connectionId = await aConnection();
  const last = new Map<number, ObservedFinding>();
  const leftOut = new Set<number>();
  for (const { day, mode, known } of PASSES) {
    const now = toInstant(day);
    const batch: ObservedFinding[] = [];
    for (let n = 0; n < known; n += 1) {
      const before = last.get(n);
      if (before && before.status !== "suppressed" && below(12) === 0) {
        leftOut.add(n);
        continue;
      }
      const next = before && below(2) === 0 ? before : anyVersion({ n, before, now, isBack: leftOut.has(n) });
      leftOut.delete(n);
      last.set(n, next);
      batch.push(next);
    }
    const pass = await startPass(connectionId, mode, now.toISOString());
    await saveObservedFindings(pass, batch);
    if (pass.mode === "whole") await closeUnseenFindings(pass);
    await finishSyncRun(pass);
    runPass(oracle, { connection: 1, mode: pass.mode, now, batches: [batch], breaksAfter: null });
  }
  await database().pool.query("UPDATE issue_clock SET is_fix = true WHERE closed_at IS NOT NULL");
  const { rows } = await database().pool.query<{ id: string; source_id: string }>("SELECT id, source_id FROM finding");
  for (const { id, source_id } of rows) idOf.set(source_id, id);
  const events = Map.groupBy(oracle.events, ({ sourceId }) => sourceId);
  const issues = Map.groupBy(oracle.findings.values(), ({ content }) =>
    [content.accountId, content.vulnerability.name, content.lineage].join(" "),
  );
  all = [...issues.values()].flatMap((findings) => {
    const ids = findings.map(({ content }) => content.sourceId);
    const clocks = clocksOf({ ...oracle, events: ids.flatMap((id) => events.get(id) ?? []) }, ids);
    return findings.map(({ content: { sourceId, firstObservedAt } }) => ({
      sourceId,
      events: events.get(sourceId) ?? [],
      firstObservedAt,
      clocks,
    }));
  });
}, 120_000);

type Version = { n: number; before: ObservedFinding | undefined; now: Date; isBack: boolean };

/** What was closed, or left out and so closed, comes back as open, never as suppressed. */
function anyVersion({ n, before, now, isBack }: Version): ObservedFinding {
  const statuses: FindingStatus[] = ["active", "active", "active", "suppressed", "closed"];
  const isOpen = isBack || before === undefined || before.status === "closed";
  return anObservedFinding({
    sourceId: `finding/${n}`,
    accountId: n % 2 === 0 ? "111122223333" : "444455556666",
    cve: `CVE-2026-${1_000 + (n % 2_500)}`,
    resource: { id: `image/${n % 50}`, lineage: `image:${n % 50}` },
    status: isOpen ? "active" : pick(statuses),
    severity: before && below(3) > 0 ? before.severity : pick(SEVERITIES),
    firstObservedAt: before?.firstObservedAt ?? new Date(now.getTime() - below(60) * DAY_MS),
    updatedAt: new Date(now.getTime() - 3_600_000),
  });
}

async function expectAgreement(query: FindingQuery, matches: (known: Known) => boolean): Promise<number> {
  const expected = all.filter(matches).map(({ sourceId }) => idOf.get(sourceId));
  const { items } = await listFindings({ ...findingFilterSchema.parse(query), limit: FINDINGS });
  const wanted = new Set(expected);
  const wrong = items.filter(({ id }) => !wanted.has(id)).slice(0, 2);
  expect([query, items.length, wrong]).toEqual([query, expected.length, []]);
  const { count } = await countFindings(findingConditionsSchema.parse(query));
  expect([query, count]).toEqual([query, expected.length]);
  return expected.length;
}

/** Now and then the very instant of a pass, at which a range begins or has just ended; else any other. */
function anInstant(): Date {
  if (below(2) === 0) return toInstant(pick(PASSES).day);
  return new Date(START - 40 * DAY_MS + below(80 * DAY_MS));
}

/** A range with one of its ends, or both. */
function aRange() {
  const [one, other] = [anInstant(), anInstant()].toSorted((a, b) => a.getTime() - b.getTime());
  const from = below(3) > 0 ? one : undefined;
  const to = below(3) > 0 || from === undefined ? other : undefined;
  const has = (at: Date | null) => at !== null && (!from || at >= from) && (!to || at < to);
  return { from: from?.toISOString(), to: to?.toISOString(), has };
}
type Range = ReturnType<typeof aRange>;

const RANGES: Record<string, (range: Range) => [FindingQuery, (known: Known) => boolean]> = {
  firstObserved: ({ from, to, has }) => [
    { firstObservedFrom: from, firstObservedTo: to },
    ({ firstObservedAt }) => has(firstObservedAt),
  ],
  updated: ({ from, to, has }) => [
    { updatedFrom: from, updatedTo: to },
    ({ events }) => has(events.at(-1)?.recordedAt ?? null),
  ],
  issueOpened: ({ from, to, has }) => [
    { issueOpenedFrom: from, issueOpenedTo: to },
    ({ clocks }) => clocks.some(({ openedAt, closedAt }) => closedAt === null && has(openedAt)),
  ],
  issueFixed: ({ from, to, has }) => [
    { issueFixedFrom: from, issueFixedTo: to },
    ({ clocks }) => clocks.some(({ closedAt }) => has(closedAt)),
  ],
};

test.each(Object.keys(RANGES))("%s in a time is what a plain look at 5,000 histories says", async (name) => {
  let found = 0;
  for (let round = 0; round < 12; round += 1) {
    const [query, matches] = RANGES[name]!(aRange());
    found += await expectAgreement(query, matches);
  }
  expect(found).toBeGreaterThan(0);
});

type Step = { at: Date; before: FindingStatus | null; after: FindingStatus; event: OracleEvent };

/** How a finding stood before and after each event. */
function stepsOf({ events }: Known): Step[] {
  let before: FindingStatus | null = null;
  return events.map((event) => {
    const after = standsAfter(event, before);
    const step = { at: event.recordedAt, before, after, event };
    before = after;
    return step;
  });
}

function standsAfter({ kind }: OracleEvent, before: FindingStatus | null): FindingStatus {
  if (kind === "closed") return "closed";
  if (kind === "suppressed") return "suppressed";
  return kind === "rescored" ? (before ?? "active") : "active";
}

/** What each step was for the number of what is open, by its movement and by its reason. */
const MOVES = {
  new: { reason: "new", is: ({ event }: Step) => event.kind === "opened" && event.cause === "new" },
  "scope-added": {
    reason: "scope-added",
    is: ({ event }: Step) => event.kind === "opened" && event.cause === "scope-added",
  },
  reopened: { reason: "reopened", is: ({ event }: Step) => event.kind === "reopened" },
  unsuppressed: { reason: "lifted", is: ({ event }: Step) => event.kind === "unsuppressed" },
  suppressed: {
    reason: "suppressed",
    is: ({ event, before }: Step) => event.kind === "suppressed" && before === "active",
  },
  "not-reported": {
    reason: "not-reported",
    is: ({ event, before }: Step) => event.kind === "closed" && before === "active",
  },
} as const;
const MOVE_NAMES = Object.keys(MOVES) as (keyof typeof MOVES)[]; // Object.keys forgets the keys' type

test.each(MOVE_NAMES)(
  "what was %s in a time is so by its movement and by its reason",
  async (movement) => {
    const { reason, is } = MOVES[movement];
    let found = 0;
    for (let round = 0; round < 4; round += 1) {
      const { from, to, has } = aRange();
      const matches = (known: Known) => stepsOf(known).some((step) => is(step) && has(step.at));
      found += await expectAgreement({ movement, movedFrom: from, movedTo: to }, matches);
      await expectAgreement({ moved: reason, movedFrom: from, movedTo: to }, matches);
    }
    expect(found).toBeGreaterThan(0);
  },
  120_000,
);

test("as of any moment since the first pass, each stands as its last event until then says", async () => {
  for (let round = 0; round < 12; round += 1) {
    const at = below(2) === 0 ? toInstant(pick(PASSES).day) : new Date(START + 1 + below(40 * DAY_MS));
    const status = pick(["active", "suppressed", "closed"] as const);
    const stoodSo = (known: Known) => stepsOf(known).findLast((step) => step.at <= at)?.after === status;
    await expectAgreement({ status, asOf: at.toISOString() }, stoodSo);
  }
}, 120_000);
