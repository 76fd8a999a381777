import { v7 as uuidv7 } from "uuid";
import { closeDatabase, database, openDatabase } from "#lib/db/database.ts";
import { closeUnseenFindings } from "#lib/db/write/closing.ts";
import { saveObservedFindings } from "#lib/db/write/observed-findings.ts";
import { finishSyncRun, startSyncRun } from "#lib/db/write/sync-run.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import { type BenchResult, median } from "./bench-result.ts";
import { endRules, saveTwentyRules } from "./exception-rules.ts";
import { batchOf } from "./many-findings.ts";
import { copyReference, createReference } from "./reference-copy.ts";
import { withoutRollups } from "./without-upkeep.ts";

const FINDINGS = 20_000;
const BATCH = 5_000;
const ROUNDS = 3;
const REFERENCE = "COPY of the same rows from Node into an unindexed table";

type Round = {
  firstRate: number;
  firstRatio: number;
  unchangedRate: number;
  unchangedRatio: number;
  walBytes: number;
  writtenTuples: number;
};

type Urls = { appUrl: string; ownerUrl: string };

/** The write path, from parsed pages in memory to commit. Rounds are of findings of their own, one after the other. */
export async function benchWritePath({ appUrl: databaseUrl, ownerUrl }: Urls): Promise<BenchResult[]> {
  await runRound(databaseUrl, "90"); // warm
  const rounds: Round[] = [];
  const ruledRounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push(await runRound(databaseUrl, `1${round}`));
    await saveTwentyRules();
    ruledRounds.push(await runRound(databaseUrl, `2${round}`));
    await endRules();
  }
  const differences = await verifyRollups();
  if (differences.length > 0) throw new Error(`The rollups differ from a recount in ${differences.length} places`);
  // Last, since nothing is counted any more.
  const bareRounds: Round[] = [];
  await withoutRollups(ownerUrl, async () => {
    for (let round = 0; round < ROUNDS; round += 1) bareRounds.push(await runRound(databaseUrl, `3${round}`));
  });
  const of = (pick: (round: Round) => number) => median(rounds.map(pick));
  const walPerRow = of(({ walBytes }) => walBytes / FINDINGS);
  const written = of(({ writtenTuples }) => writtenTuples);
  return [
    toRatio(
      "first whole pass",
      of(({ firstRate }) => firstRate),
      of(({ firstRatio }) => firstRatio),
      0.4,
    ),
    toRatio(
      "unchanged whole pass",
      of(({ unchangedRate }) => unchangedRate),
      of(({ unchangedRatio }) => unchangedRatio),
      2,
    ),
    toUpkeep(
      of(({ firstRatio }) => firstRatio),
      median(bareRounds.map(({ firstRatio }) => firstRatio)),
    ),
    toRuled(
      of(({ firstRate }) => firstRate),
      median(ruledRounds.map(({ firstRate }) => firstRate)),
    ),
    {
      ...NO_RATIO,
      name: "WAL of an unchanged pass",
      figure: walPerRow,
      unit: "bytes a row",
      goal: "≤ 30",
      isMet: walPerRow <= 30,
    },
    {
      ...NO_RATIO,
      name: "dead tuples of an unchanged pass, outside sync_run",
      figure: written,
      unit: "tuples",
      goal: "0",
      isMet: written === 0,
    },
  ];
}

/** Both against the reference beside them, since they are measured one after the other. */
function toUpkeep(ratio: number, bareRatio: number): BenchResult {
  const upkeep = bareRatio / ratio;
  return {
    name: "first whole pass with its rollups",
    figure: upkeep,
    unit: "× the time without",
    reference: "the same without rollups",
    ratio: upkeep,
    goal: "≤ 1.25 ×",
    isMet: upkeep <= 1.25,
  };
}

function toRuled(rate: number, ruledRate: number): BenchResult {
  return {
    name: "first whole pass under 20 exception rules",
    figure: ruledRate,
    unit: "findings/s",
    reference: "the first whole pass without a rule",
    ratio: ruledRate / rate,
    goal: "≥ 0.7 ×",
    isMet: ruledRate / rate >= 0.7,
  };
}

const NO_RATIO = { reference: "", ratio: null };

function toRatio(name: string, rate: number, ratio: number, goal: number): BenchResult {
  return {
    name,
    figure: rate,
    unit: "findings/s",
    reference: REFERENCE,
    ratio,
    goal: `≥ ${goal} ×`,
    isMet: ratio >= goal,
  };
}

/** Batch by batch in turn with the reference, so that what else the machine does falls on both. */
async function runRound(databaseUrl: string, prefix: string): Promise<Round> {
  const connectionId = uuidv7();
  await database().pool.query(
    "INSERT INTO connection (id, source, name, region) VALUES ($1, 'inspector', 'bench', 'eu-west-1')",
    [connectionId],
  );
  const first = await wholePass(connectionId, prefix, new Date("2026-11-01T00:00:00Z"));
  await flushStatistics(databaseUrl);
  const before = await readCounters();
  const unchanged = await wholePass(connectionId, prefix, new Date("2026-11-02T00:00:00Z"));
  await flushStatistics(databaseUrl);
  const writtenTuples = (await readCounters()).written - before.written;
  return {
    firstRate: FINDINGS / first.seconds,
    firstRatio: first.copySeconds / first.seconds,
    unchangedRate: FINDINGS / unchanged.seconds,
    unchangedRatio: unchanged.copySeconds / unchanged.seconds,
    walBytes: unchanged.walBytes,
    writtenTuples,
  };
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
}

async function wholePass(connectionId: string, prefix: string, now: Date) {
  const measured = { seconds: 0, copySeconds: 0, walBytes: 0 };
  const ours = async (work: () => Promise<unknown>) => {
    const { wal } = await readCounters();
    measured.seconds += await secondsOf(work);
    measured.walBytes += (await readCounters()).wal - wal;
  };
  const pass = await startSyncRun({ connectionId, mode: "whole", trigger: "person", now, requestedBy: null });
  for (let start = 0; start < FINDINGS; start += BATCH) {
    // As in a sync, no more than a batch is in memory.
    const batch = batchOf({ prefix, start, size: BATCH, count: FINDINGS });
    await createReference();
    measured.copySeconds += await secondsOf(() => copyReference(batch));
    await ours(() => saveObservedFindings(pass, batch));
  }
  await ours(() => closeUnseenFindings(pass));
  await ours(() => finishSyncRun(pass));
  return measured;
}

/** A connection reports what it did when it ends. */
async function flushStatistics(databaseUrl: string): Promise<void> {
  await closeDatabase();
  openDatabase(databaseUrl);
}

/** The run's own row changes with each pass; nothing else should. */
async function readCounters(): Promise<{ wal: number; written: number }> {
  const { rows } = await database().pool.query<{ wal: string; written: string }>(
    `SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') AS wal, sum(n_tup_upd + n_tup_del) AS written
     FROM pg_stat_user_tables WHERE schemaname = 'public' AND relname <> 'sync_run'`,
  );
  return { wal: Number(rows[0]?.wal), written: Number(rows[0]?.written) };
}
