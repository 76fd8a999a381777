import type pg from "pg";
import { Prisma } from "../../generated/client.ts";
import { selectHeldBy } from "../../read/exception-conditions.ts";
import { statusOf } from "../observe-finding.ts";
import { type StandingChange, type StandingOccasion, saveStandingChanges } from "../triage/standing-change.ts";
import { listTriageRows, type TriageRow } from "../triage/triage-row.ts";
import { holdLiveRules, type LiveRule } from "./live-rules.ts";

/** A finding as far as its key is concerned. */
export type FindingKey = { account_id: string; id: string };
type Written = { after: FindingKey; now: Date };

/**
 * Brings the rules' holds on findings in line with what matches by now, in the transaction that wrote them, all at one
 * instant. The rules were held before anything was written: who waits for them has locked no count.
 */
export async function judgeWritten(client: pg.ClientBase, written: Written[], rules: LiveRule[]): Promise<void> {
  const [first] = written;
  if (!first || rules.length === 0) return;
  await judge(client, { rules, findings: written.map(({ after }) => after), now: first.now });
}

/** The same for findings that nobody has written, whether there is a rule left or not. Returns how many it changed. */
export async function judgeAgain(client: pg.ClientBase, findings: FindingKey[], now: Date): Promise<number> {
  return await judge(client, { rules: await holdLiveRules(client), findings, now });
}

type Judging = { rules: LiveRule[]; findings: FindingKey[]; now: Date };

async function judge(client: pg.ClientBase, judging: Judging): Promise<number> {
  const differences = await listDifferences(client, judging);
  if (differences.length === 0) return 0;
  await saveHolds(client, differences, judging.now);
  const steps = new Map<string, Difference>();
  for (const one of differences) {
    const known = steps.get(one.finding_id);
    // Of several at once the one that takes hold tells the story.
    if (one.is_wanted !== one.is_held && !(known?.is_wanted ?? false)) steps.set(one.finding_id, one);
  }
  const rows = await listTriageRows(client, "suppression", [...steps.keys()]);
  const changes = rows.flatMap((row) => toChange(row, steps.get(row.id), judging.now) ?? []);
  await saveStandingChanges(client, changes, { cause: "rule", now: judging.now, actorId: null, decisionId: null });
  return new Set(differences.map(({ finding_id: id }) => id)).size;
}

/** A rule that should hold a finding and does not, or the other way round, or in another way. */
type Difference = {
  account_id: string;
  finding_id: string;
  rule_id: string;
  is_wanted: boolean;
  is_held: boolean;
  until_fix: boolean | null;
  end_cause: string | null;
};

async function listDifferences(client: pg.ClientBase, { rules, findings, now }: Judging): Promise<Difference[]> {
  const wanted = rules.map((rule) =>
    selectHeldBy(rule, {
      rows: Prisma.sql`batch f`,
      columns: Prisma.sql`f.account_id, f.id, ${rule.id}::text AS rule_id, ${rule.untilFix}::bool AS until_fix`,
      now,
    }),
  );
  const none = Prisma.sql`SELECT account_id, id, NULL::text AS rule_id, NULL::bool AS until_fix FROM batch WHERE false`;
  const { text, values } = Prisma.sql`
    WITH batch AS MATERIALIZED (
      SELECT f.* FROM unnest(${findings.map(({ account_id }) => account_id)}::text[], ${findings.map(({ id }) => id)}::uuid[]) AS k (account_id, id)
      -- OFFSET 0 keeps it a look-up for each, whatever the table's size.
      CROSS JOIN LATERAL (SELECT * FROM finding WHERE account_id = k.account_id AND id = k.id OFFSET 0) AS f
    ), wanted AS (${Prisma.join([none, ...wanted], " UNION ALL ")}
    ), held AS (
      SELECT h.account_id, h.finding_id, h.key, h.until_fix FROM batch b
      JOIN finding_hold h ON h.account_id = b.account_id AND h.finding_id = b.id AND h.kind = 'rule'
    )
    SELECT coalesce(w.account_id, h.account_id) AS account_id, coalesce(w.id, h.finding_id) AS finding_id,
      coalesce(w.rule_id, h.key) AS rule_id, w.id IS NOT NULL AS is_wanted, h.finding_id IS NOT NULL AS is_held,
      w.until_fix, r.end_cause
    FROM wanted w FULL JOIN held h ON h.account_id = w.account_id AND h.finding_id = w.id AND h.key = w.rule_id
    LEFT JOIN exception_rule r ON w.id IS NULL AND r.id = h.key::uuid
    WHERE w.id IS NULL OR h.finding_id IS NULL OR w.until_fix <> h.until_fix
    ORDER BY 1, 2, 3`;
  const { rows } = await client.query<Difference>(text, values);
  return rows;
}

async function saveHolds(client: pg.ClientBase, differences: Difference[], now: Date): Promise<void> {
  const toKeys = (some: Difference[]) => [
    some.map(({ account_id }) => account_id),
    some.map(({ finding_id }) => finding_id),
    some.map(({ rule_id }) => rule_id),
  ];
  const ended = differences.filter(({ is_wanted: isWanted }) => !isWanted);
  const wanted = differences.filter(({ is_wanted: isWanted }) => isWanted);
  if (ended.length > 0) {
    await client.query(
      `DELETE FROM finding_hold t USING unnest($1::text[], $2::uuid[], $3::text[]) AS c (account_id, id, key)
       WHERE t.account_id = c.account_id AND t.finding_id = c.id AND t.kind = 'rule' AND t.key = c.key`,
      toKeys(ended),
    );
  }
  if (wanted.length === 0) return;
  await client.query(
    `INSERT INTO finding_hold (account_id, finding_id, kind, key, until_fix, created_at)
     SELECT account_id, id, 'rule', key, until_fix, $5
     FROM unnest($1::text[], $2::uuid[], $3::text[], $4::bool[]) AS c (account_id, id, key, until_fix)
     ON CONFLICT (account_id, finding_id, kind, key) DO UPDATE SET until_fix = EXCLUDED.until_fix`,
    [...toKeys(wanted), wanted.map(({ until_fix: untilFix }) => untilFix), now],
  );
}

/** Null for what is closed: nothing happens to it, and when it comes back it is looked at again. */
function toChange(before: TriageRow, step: Difference | undefined, now: Date): StandingChange | null {
  if (!step || before.status === "closed") return null;
  const holds = Number(before.hold !== null) + Number(before.is_ruled ?? false);
  const after = {
    ...before,
    status: statusOf(before.source_status, holds),
    updated_at: before.updated_at > now ? before.updated_at : now,
  };
  const cause: StandingOccasion["cause"] = !step.is_wanted && step.end_cause === "expiry" ? "expiry" : "rule";
  return {
    before,
    after,
    kind: step.is_wanted ? "suppressed" : "unsuppressed",
    by: { cause, decisionId: step.rule_id },
  };
}
