import type { SourceName } from "#lib/domain/finding.ts";
import { database } from "../../database.ts";
import { Prisma } from "../../generated/client.ts";
import { type RuleTerms, selectHeldBy } from "../../read/exception-conditions.ts";
import { ensureHistoryMonth, inAccountsOfSources } from "../write-transaction.ts";
import { judgeAgain } from "./judge.ts";

/** So many findings are changed in one transaction. */
const SLICE = 5_000;
/** So many are looked for at once. */
const MOST_FOUND = 100_000;

type Rule = { live: number | null; state: string; version: RuleTerms | null };
type Candidate = { account_id: string; id: string; source: SourceName };

/**
 * Holds what matches a rule and lifts what no longer does, or everything once it has ended, some a transaction. Broken
 * off, it can be called again and goes on. What changes while it runs is looked at again before it says that it is done.
 */
export async function applyRule(id: string, signal: AbortSignal, now: () => Date): Promise<void> {
  for (;;) {
    const rule = await findRule(id);
    if (!rule) return;
    while ((await applyOnce(id, rule, { signal, now })) > 0);
    if (await noteApplied(id, rule, now())) return;
  }
}

type Run = { signal: AbortSignal; now: () => Date };

/** Returns how many findings it changed. */
async function applyOnce(id: string, rule: Rule, { signal, now }: Run): Promise<number> {
  await ensureHistoryMonth(now());
  const candidates = await listCandidates(id, rule, now());
  await database().pool.query("UPDATE exception_rule SET total = done + $2 WHERE id = $1", [id, candidates.length]);
  let changed = 0;
  for (let start = 0; start < candidates.length; start += SLICE) {
    signal.throwIfAborted();
    changed += await applySlice(id, candidates.slice(start, start + SLICE), now());
  }
  return changed;
}

async function applySlice(id: string, slice: Candidate[], now: Date): Promise<number> {
  const accounts = slice.map(({ source, account_id: accountId }) => ({ source, accountId }));
  return await inAccountsOfSources(accounts, async (client) => {
    const changed = await judgeAgain(client, slice, now);
    await client.query("UPDATE exception_rule SET done = done + $2 WHERE id = $1", [id, slice.length]);
    return changed;
  });
}

async function findRule(id: string): Promise<Rule | null> {
  const { rows } = await database().pool.query<Rule>(
    `SELECT r.live, r.state, CASE WHEN r.state = 'active' THEN
       jsonb_build_object('query', v.query, 'untilFix', v.until_fix, 'holdsGrave', v.holds_grave) END AS version
     FROM exception_rule r LEFT JOIN exception_version v ON v.rule_id = r.id AND v.number = r.live WHERE r.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}

/** What the rule should hold and does not, and what it holds and should not. In order of account and id. */
async function listCandidates(id: string, { version }: Rule, now: Date): Promise<Candidate[]> {
  const columns = Prisma.sql`f.account_id, f.id, f.source`;
  const rows = Prisma.sql`finding f`;
  const wanted = version ? selectHeldBy(version, { rows, columns, now }) : null;
  const isHeld = Prisma.sql`EXISTS (SELECT FROM finding_hold h
    WHERE h.account_id = w.account_id AND h.finding_id = w.id AND h.kind = 'rule' AND h.key = ${id})`;
  const held = Prisma.sql`SELECT f.account_id, f.id, f.source FROM finding_hold h
    JOIN finding f ON f.account_id = h.account_id AND f.id = h.finding_id WHERE h.kind = 'rule' AND h.key = ${id}`;
  const { text, values } = wanted
    ? Prisma.sql`(SELECT * FROM (${wanted}) AS w WHERE NOT ${isHeld} LIMIT ${MOST_FOUND})
        UNION ALL (SELECT * FROM (${held} EXCEPT ALL ${wanted}) AS w LIMIT ${MOST_FOUND}) ORDER BY account_id, id`
    : Prisma.sql`SELECT * FROM (${held}) AS w ORDER BY account_id, id LIMIT ${MOST_FOUND}`;
  const { rows: candidates } = await database().pool.query<Candidate>(text, values);
  return candidates;
}

/** Returns whether it says by now what was applied: else there is more to do. */
async function noteApplied(id: string, { live, version }: Rule, now: Date): Promise<boolean> {
  const { rowCount } = await database().pool.query(
    `UPDATE exception_rule r SET checked_at = $2, done = 0, total = 0
     WHERE id = $1 AND live IS NOT DISTINCT FROM $3 AND (state = 'active') = $4 AND (NOT $4 OR EXISTS (
       SELECT FROM exception_version WHERE rule_id = r.id AND number = r.live AND holds_grave = $5))`,
    [id, now, live, version !== null, version?.holdsGrave ?? false],
  );
  return rowCount === 1;
}
