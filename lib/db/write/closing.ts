import type pg from "pg";
import { AppError } from "#lib/domain/errors.ts";
import type { SourceName } from "#lib/domain/finding.ts";
import { database } from "../database.ts";
import { applyChanges, countChanges } from "./apply-changes.ts";
import { reasonsOf } from "./closed-reasons.ts";
import { type FindingRow, listStoredFindings, type StoredFinding } from "./finding-row.ts";
import { holdMassCloses, refreshHeldCloses } from "./mass-close.ts";
import type { SyncPass } from "./sync-pass.ts";
import { beatSyncRun } from "./sync-run.ts";
import { IS_WAITING, reportAgain, toUnreported } from "./unreport.ts";
import { ensureHistoryMonth, inAccounts, inPass } from "./write-transaction.ts";

/**
 * Closes what a whole pass did not see and no other connection still reports, an account a transaction. A scope that
 * would lose too much at once is held for a person instead, as is all else of it until that is decided.
 * Returns how many findings closed and how many wait. Throws for an incremental pass, which proves nothing by silence.
 */
export async function closeUnseenFindings(pass: SyncPass): Promise<{ closed: number; held: number }> {
  if (pass.mode === "incremental") throw new Error("An incremental pass closes nothing by what it did not see");
  const total = { closed: 0, held: 0, heldScopes: 0 };
  for (const accountId of await listReportedAccounts(pass)) {
    const { closed, held, heldScopes } = await inPass(pass, [accountId], (client) =>
      closeUnseenOf(client, pass, accountId),
    );
    total.closed += closed;
    total.held += held;
    total.heldScopes += heldScopes;
    pass.counts.closed += closed;
  }
  pass.heldScopes = total.heldScopes;
  await beatSyncRun(pass);
  return { closed: total.closed, held: total.held };
}

/** The accounts of which the connection has ever reported anything. */
async function listReportedAccounts({ connection }: SyncPass): Promise<string[]> {
  const { rows } = await database().pool.query<{ account_id: string }>(
    "SELECT DISTINCT account_id FROM scope WHERE source = $1 AND $2 = ANY (connections) ORDER BY account_id",
    [connection.source, connection.number],
  );
  return rows.map(({ account_id }) => account_id);
}

async function closeUnseenOf(client: pg.ClientBase, pass: SyncPass, accountId: string) {
  const unseen = await listUnseen(client, pass, accountId);
  const result = unseen.length > 0 ? await unreportUnseen(client, pass, unseen) : { closed: 0, held: 0 };
  return { ...result, heldScopes: await refreshHeldCloses(client, pass, accountId) };
}

async function unreportUnseen(client: pg.ClientBase, pass: SyncPass, unseen: StoredFinding[]) {
  const { number, source } = pass.connection;
  const findings = unseen.map(({ finding }) => finding);
  const closing = findings.filter((finding) => finding.status !== "closed" && isReportedByNoOther(finding, number));
  const heldRegions = await holdMassCloses(client, pass, closing);
  const isKept = (finding: FindingRow) => heldRegions.has(finding.region);
  const reasonOf = await reasonsOf(client, source, closing);
  const occasion = { now: pass.now, occurredAt: pass.now, runId: pass.runId, actorId: null };
  const changes = unseen.map((one) => toUnreported(one, { connectionNumber: number, occasion, reasonOf, isKept }));
  await applyChanges(client, changes);
  return { closed: countChanges(changes).closed, held: closing.filter(isKept).length };
}

async function listUnseen(client: pg.ClientBase, pass: SyncPass, accountId: string): Promise<StoredFinding[]> {
  const seen = Buffer.concat(pass.seenKeys.get(accountId) ?? []);
  return await listStoredFindings(
    client,
    // NOT IN would be read through for each finding once the keys outgrow the memory of a query.
    `f.account_id = $1 AND f.source = $2 AND $3 = ANY (f.reported_by) AND NOT EXISTS (
       SELECT FROM generate_series(0, $5::int - 1) AS n WHERE substr($4::bytea, n * 16 + 1, 16) = f.key_hash)`,
    [accountId, pass.connection.source, pass.connection.number, seen, seen.length / 16],
  );
}

function isReportedByNoOther({ reported_by: reportedBy }: FindingRow, number: number): boolean {
  return reportedBy.every((one) => one === number);
}

export type HeldCloseOrder = { id: string; decision: "confirmed" | "rejected"; personId: string; now: Date };

/**
 * Confirmed: closes what was held and was not seen since. Rejected: keeps it, and the connection counts as one that
 * still reports it. Deciding the same again changes nothing. Throws AppError `not-found`, or `conflict` when it was
 * decided otherwise.
 */
export async function decideHeldClose({ id, decision, personId, now }: HeldCloseOrder): Promise<void> {
  await ensureHistoryMonth(now);
  const { account_id: accountId, source } = await getHeldClose(database().pool, id);
  await inAccounts(source, [accountId], async (client) => {
    const held = await getHeldClose(client, id);
    if (held.state === decision) return;
    if (held.state !== "held") throw new AppError("conflict", "This was decided otherwise.");
    if (decision === "confirmed") await closeHeld(client, held, { personId, now });
    else await reportAgain(client, { accountId, ids: held.finding_ids, connectionNumber: held.number });
    await client.query("UPDATE held_close SET state = $2, decided_at = $3, decided_by = $4 WHERE id = $1", [
      id,
      decision,
      now,
      personId,
    ]);
  });
}

type HeldCloseRow = {
  account_id: string;
  source: SourceName;
  run_id: string;
  state: string;
  finding_ids: string[];
  number: number;
};

async function closeHeld(
  client: pg.ClientBase,
  held: HeldCloseRow,
  { personId, now }: { personId: string; now: Date },
): Promise<void> {
  const stored = await listStoredFindings(client, `f.account_id = $1 AND f.id = ANY ($2) AND ${IS_WAITING}`, [
    held.account_id,
    held.finding_ids,
  ]);
  const reasonOf = await reasonsOf(
    client,
    held.source,
    stored.map(({ finding }) => finding),
  );
  const changes = stored.map((one) =>
    toUnreported(one, {
      connectionNumber: held.number,
      occasion: { now, occurredAt: now, runId: held.run_id, actorId: personId },
      reasonOf,
      isKept: () => false,
    }),
  );
  await applyChanges(client, changes);
}

async function getHeldClose(client: pg.ClientBase | pg.Pool, id: string): Promise<HeldCloseRow> {
  const { rows } = await client.query<HeldCloseRow>(
    `SELECT h.account_id, h.source, h.run_id, h.state, h.finding_ids, c.number
     FROM held_close h JOIN sync_run r ON r.id = h.run_id JOIN connection c ON c.id = r.connection_id WHERE h.id = $1`,
    [id],
  );
  const [held] = rows;
  if (!held) throw new AppError("not-found", "There is nothing held under this id.");
  return held;
}
