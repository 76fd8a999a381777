import type pg from "pg";
import { AppError } from "#lib/domain/errors.ts";
import type { SourceName } from "#lib/domain/finding.ts";
import { database } from "../database.ts";
import { newId } from "../identity.ts";
import { applyChanges, countChanges } from "./apply-changes.ts";
import { closedReasons } from "./closed-reasons.ts";
import { type FindingChange, type Occasion, toFindingChange } from "./finding-change.ts";
import { type FindingRow, listStoredFindings, type StoredFinding } from "./finding-row.ts";
import { beatSyncRun, type SyncPass } from "./sync-run.ts";
import { ensureHistoryMonth, inAccounts, inPass } from "./write-transaction.ts";

/** A pass that would close more than this share of a scope's active findings, and at least so many, is held. */
const MOST_CLOSED_SHARE = 0.3;
const FEWEST_HELD = 50;

/**
 * Closes what a whole pass did not see and no other connection still reports, an account a transaction. A scope that
 * would lose too much at once is held for a person instead, as is all else of it until that is decided.
 * Returns how many findings closed and how many wait. Throws for an incremental pass, which proves nothing by silence.
 */
export async function closeUnseenFindings(pass: SyncPass): Promise<{ closed: number; held: number }> {
  if (pass.mode === "incremental") throw new Error("An incremental pass closes nothing by what it did not see");
  const total = { closed: 0, held: 0 };
  pass.heldScopes ??= 0;
  for (const accountId of await listReportedAccounts(pass)) {
    const result = await inPass(pass, [accountId], (client) => closeUnseenOf(client, pass, accountId));
    pass.counts.closed += result.closed;
    pass.heldScopes += result.heldScopes;
    total.closed += result.closed;
    total.held += result.held;
    await beatSyncRun(pass);
  }
  return total;
}

/** Every account that the connection covers; of others it has reported nothing. */
async function listReportedAccounts({ connection, scopes }: SyncPass): Promise<string[]> {
  const { rows } = await database().pool.query<{ account_id: string }>(
    `SELECT DISTINCT account_id FROM scope WHERE source = $1 AND $2 = ANY (connections)
     UNION SELECT DISTINCT account_id FROM finding WHERE source = $1 AND $2 = ANY (reported_by)`,
    [connection.source, connection.number],
  );
  const seen = [...scopes].map((scope) => scope.split("\0")[0] ?? "");
  return [...new Set([...rows.map(({ account_id }) => account_id), ...seen])].sort();
}

async function closeUnseenOf(client: pg.ClientBase, pass: SyncPass, accountId: string) {
  const unseen = await listUnseen(client, pass, accountId);
  if (unseen.length === 0) return { closed: 0, held: 0, heldScopes: 0 };
  const { number, source } = pass.connection;
  const closing = unseen.filter(({ finding }) => isLast(finding, number) && finding.status !== "closed");
  const heldRegions = await holdMassCloses(client, pass, accountId, closing);
  const isHeld = ({ finding }: StoredFinding) => heldRegions.has(finding.region);
  const changes = await toUnreported(client, unseen, number, {
    source,
    occasion: { now: pass.now, occurredAt: pass.now, runId: pass.runId, actorId: null },
    isKept: isHeld,
  });
  await applyChanges(client, changes);
  return { closed: countChanges(changes).closed, held: closing.filter(isHeld).length, heldScopes: heldRegions.size };
}

async function listUnseen(client: pg.ClientBase, pass: SyncPass, accountId: string): Promise<StoredFinding[]> {
  const seen = Buffer.concat(pass.seenKeys.get(accountId) ?? []);
  return await listStoredFindings(
    client,
    `f.account_id = $1 AND f.source = $2 AND $3 = ANY (f.reported_by) AND f.key_hash NOT IN (
       SELECT substr($4::bytea, n * 16 + 1, 16) FROM generate_series(0, $5::int - 1) AS n)`,
    [accountId, pass.connection.source, pass.connection.number, seen, seen.length / 16],
  );
}

type Unreporting = {
  source: SourceName;
  occasion: Omit<Occasion, "openedCause" | "closedReason">;
  isKept: (stored: StoredFinding) => boolean;
};

/** Takes a connection out of `reported_by`. What no connection is left for closes, unless it is kept for a person. */
async function toUnreported(
  client: pg.ClientBase,
  unseen: StoredFinding[],
  number: number,
  { source, occasion, isKept }: Unreporting,
): Promise<FindingChange[]> {
  const reasons = await closedReasons(
    client,
    source,
    unseen.map(({ finding }) => toPlaced(finding)),
  );
  return unseen.map((stored) => {
    const { finding } = stored;
    const reportedBy = finding.reported_by.filter((one) => one !== number);
    const status = reportedBy.length === 0 && !isKept(stored) ? "closed" : finding.status;
    const closedReason = reasons.get(finding.resource_id) ?? "not-reported";
    const draft = { ...finding, reported_by: reportedBy };
    return toFindingChange(finding, draft, status, { ...occasion, openedCause: "new", closedReason });
  });
}

function toPlaced({ account_id: accountId, region, resource_id: resourceId }: FindingRow) {
  return { accountId, region, resourceId };
}

function isLast({ reported_by: reportedBy }: FindingRow, number: number): boolean {
  return reportedBy.every((one) => one === number);
}

/** Holds the scopes that would lose too much, or that wait for a person already. Returns their regions. */
async function holdMassCloses(
  client: pg.ClientBase,
  pass: SyncPass,
  accountId: string,
  closing: StoredFinding[],
): Promise<Set<string>> {
  const held = new Set<string>();
  for (const [region, findings] of Map.groupBy(closing, ({ finding }) => finding.region)) {
    if (await holdMassClose(client, pass, { accountId, region, findings })) held.add(region);
  }
  return held;
}

type Scope = { accountId: string; region: string; findings: StoredFinding[] };

async function holdMassClose(
  client: pg.ClientBase,
  pass: SyncPass,
  { accountId, region, findings }: Scope,
): Promise<boolean> {
  const { source, number } = pass.connection;
  const ids = findings.map(({ finding }) => finding.id);
  // What the connection missed later joins what waits already.
  const { rowCount: joined } = await client.query(
    `UPDATE held_close h SET finding_ids = h.finding_ids || $5::uuid[], would_close = cardinality(h.finding_ids) + cardinality($5::uuid[])
     FROM sync_run r JOIN connection c ON c.id = r.connection_id
     WHERE r.id = h.run_id AND c.number = $4 AND h.state = 'held' AND (h.account_id, h.region, h.source) = ($1, $2, $3)`,
    [accountId, region, source, number, ids],
  );
  if (joined) return true;
  const active = findings.filter(({ finding }) => finding.status === "active").length;
  if (active < FEWEST_HELD) return false;
  const { rows } = await client.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM finding WHERE account_id = $1 AND region = $2 AND source = $3 AND status = 'active'",
    [accountId, region, source],
  );
  const all = rows[0]?.n ?? 0;
  if (active <= all * MOST_CLOSED_SHARE) return false;
  await client.query(
    `INSERT INTO held_close (id, run_id, account_id, region, source, active, would_close, finding_ids, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [newId(), pass.runId, accountId, region, source, all, ids.length, ids, pass.now],
  );
  return true;
}

export type HeldCloseDecision = { id: string; decision: "confirmed" | "rejected"; personId: string; now: Date };

type HeldCloseRow = {
  account_id: string;
  source: SourceName;
  run_id: string;
  state: string;
  finding_ids: string[];
  number: number;
};

/**
 * Confirmed: closes what was held and was not seen since. Rejected: keeps it, and the connection counts as one that
 * still reports it. Throws AppError `not-found`, or `conflict` when it was decided before.
 */
export async function decideHeldClose({ id, decision, personId, now }: HeldCloseDecision): Promise<void> {
  await ensureHistoryMonth(now);
  const { account_id: accountId, source } = await getHeldClose(database().pool, id);
  await inAccounts(source, [accountId], async (client) => {
    const held = await getHeldClose(client, id);
    if (held.state !== "held") throw new AppError("conflict", "This was decided before.");
    const stored = await listStoredFindings(
      client,
      "f.account_id = $1 AND f.id = ANY ($2) AND f.status <> 'closed' AND cardinality(f.reported_by) = 0",
      [accountId, held.finding_ids],
    );
    if (decision === "confirmed") {
      const occasion = { now, occurredAt: now, runId: held.run_id, actorId: personId };
      await applyChanges(
        client,
        await toUnreported(client, stored, held.number, { source, occasion, isKept: () => false }),
      );
    } else {
      await client.query("UPDATE finding SET reported_by = ARRAY[$3::int] WHERE account_id = $1 AND id = ANY ($2)", [
        accountId,
        stored.map(({ finding }) => finding.id),
        held.number,
      ]);
    }
    await client.query("UPDATE held_close SET state = $2, decided_at = $3, decided_by = $4 WHERE id = $1", [
      id,
      decision,
      now,
      personId,
    ]);
  });
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
