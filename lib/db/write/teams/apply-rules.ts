import type pg from "pg";
import { sourceNameSchema } from "#lib/domain/finding.ts";
import { applyRulesJob } from "#lib/jobs/apply-rules.ts";
import { database, inTransaction } from "../../database.ts";
import { refreshDueDatesOfAccount } from "../sla/due-dates.ts";
import { ensureHistoryMonth, inAccountsOfSources } from "../write-transaction.ts";
import { placeTeamsOfAccount } from "./place-teams.ts";

/** How often rules changed (`asked`), how often they were carried out since (`applied`), and how far it is. */
type Standing = { asked: number; applied: number; done: number; total: number };

/** Notes that rules changed, in the transaction that changes them, with the job that carries them out. */
export async function askToApply(client: pg.ClientBase, now: Date): Promise<void> {
  await client.query(
    `INSERT INTO setting AS s (key, value, updated_at)
     VALUES ('rules', '{"asked": 1, "applied": 0, "done": 0, "total": 0}', $1)
     ON CONFLICT (key) DO UPDATE SET value = s.value || jsonb_build_object('asked', (s.value->>'asked')::int + 1), updated_at = $1`,
    [now],
  );
  await applyRulesJob.send(client, {});
}

/** Queues the job when rules have changed that were not carried out; one that waits or runs will do. */
export async function queueApplying(): Promise<void> {
  if (!isBehind(await readStanding())) return;
  await inTransaction((client) => applyRulesJob.send(client, {}));
}

/** What is to be carried out, and the accounts in their order; null when everything is. */
export async function startApplying(now: Date): Promise<{ asked: number; accountIds: string[] } | null> {
  const standing = await readStanding();
  if (!isBehind(standing)) return null;
  const { rows } = await database().pool.query<{ id: string }>("SELECT id FROM account ORDER BY id");
  await saveStanding(database().pool, { done: 0, total: rows.length }, now);
  return { asked: standing.asked, accountIds: rows.map(({ id }) => id) };
}

const FIRST_ID = "00000000-0000-0000-0000-000000000000";

/** Brings one account in line with the rules as they are: who has what, then what is due when, some issues at a time. */
export async function applyRulesToAccount(
  accountId: string,
  { done, now }: { done: number; now: Date },
): Promise<void> {
  await ensureHistoryMonth(now);
  const scopes = sourceNameSchema.options.map((source) => ({ source, accountId }));
  await inAccountsOfSources(scopes, (client) => placeTeamsOfAccount(client, accountId));
  let after: string | null = FIRST_ID;
  while (after !== null) {
    const last: string = after;
    after = await inAccountsOfSources(scopes, (client) =>
      refreshDueDatesOfAccount(client, accountId, { after: last, now }),
    );
  }
  await saveStanding(database().pool, { done }, now);
}

export async function finishApplying(asked: number, now: Date): Promise<void> {
  await saveStanding(database().pool, { applied: asked }, now);
}

const isBehind = ({ asked, applied }: Standing) => applied < asked;

async function readStanding(): Promise<Standing> {
  const { rows } = await database().pool.query<{ value: Standing }>("SELECT value FROM setting WHERE key = 'rules'");
  return rows[0]?.value ?? { asked: 0, applied: 0, done: 0, total: 0 };
}

async function saveStanding(client: pg.ClientBase | pg.Pool, change: Partial<Standing>, now: Date): Promise<void> {
  await client.query("UPDATE setting SET value = value || $1, updated_at = $2 WHERE key = 'rules'", [change, now]);
}
