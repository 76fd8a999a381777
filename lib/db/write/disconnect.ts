import type pg from "pg";
import { AppError } from "#lib/domain/errors.ts";
import type { SourceName } from "#lib/domain/finding.ts";
import { database, inTransaction } from "../database.ts";
import { applyChanges } from "./apply-changes.ts";
import { saveAuditEvent } from "./audit-event.ts";
import type { Actor } from "./connections.ts";
import { listStoredFindings } from "./finding-row.ts";
import { reportAgain, toUnreported } from "./unreport.ts";
import { ensureHistoryMonth, inAccounts } from "./write-transaction.ts";

const MOST_AT_ONCE = 5_000;

type Connection = { id: string; number: number; source: SourceName };
type Leaving = { connection: Connection; now: Date; actorId: string | null };

/**
 * Stops reading a connection: its runs end at once, and what no other connection reports closes as `scope-lost`, in
 * steps. Broken off, it can be called again and goes on. Throws AppError `not-found`.
 */
export async function disconnectConnection(id: string, actor: Actor, now: Date): Promise<void> {
  const connection = await endConnection(id, actor, now);
  await leaveScopes({ connection, now, actorId: actor.personId });
}

/** Goes on with disconnections that were broken off. For the start of a worker. */
export async function resumeDisconnections(now: Date): Promise<void> {
  const { rows } = await database().pool.query<Connection>(
    `SELECT c.id, c.number, c.source FROM connection c WHERE c.disconnected_at IS NOT NULL AND NOT c.is_sample
       AND EXISTS (SELECT 1 FROM scope s WHERE s.source = c.source AND c.number = ANY (s.connections))`,
  );
  for (const connection of rows) await leaveScopes({ connection, now, actorId: null });
}

async function endConnection(id: string, actor: Actor, now: Date): Promise<Connection> {
  return await inTransaction(async (client) => {
    const { rows } = await client.query<Connection & { was_connected: boolean }>(
      `UPDATE connection AS c SET disconnected_at = coalesce(c.disconnected_at, $2), next_run_at = NULL
       FROM (SELECT id, disconnected_at IS NULL AS was_connected FROM connection WHERE id = $1 FOR UPDATE) AS before
       WHERE c.id = before.id RETURNING c.id, c.number, c.source, before.was_connected`,
      [id, now],
    );
    const [connection] = rows;
    if (!connection) throw new AppError("not-found", "No connection has this id.");
    if (connection.was_connected) {
      await saveAuditEvent(client, { actor: actor.userName, action: "connection.disconnect", target: id, now });
    }
    await client.query(
      `UPDATE sync_run SET state = 'cancelled', finished_at = clock_timestamp()
       WHERE connection_id = $1 AND state IN ('queued', 'running')`,
      [id],
    );
    return connection;
  });
}

async function leaveScopes(leaving: Leaving): Promise<void> {
  const { id, number, source } = leaving.connection;
  await ensureHistoryMonth(leaving.now);
  const { rows } = await database().pool.query<{ account_id: string }>(
    `SELECT account_id FROM scope WHERE source = $1 AND $2 = ANY (connections)
     UNION SELECT account_id FROM finding WHERE source = $1 AND $2 = ANY (reported_by)
     UNION SELECT h.account_id FROM held_close h JOIN sync_run r ON r.id = h.run_id WHERE r.connection_id = $3 AND h.state = 'held'`,
    [source, number, id],
  );
  for (const { account_id: accountId } of rows) {
    while (await inAccounts(source, [accountId], (client) => leaveFindings(client, accountId, leaving)));
    await inAccounts(source, [accountId], (client) => loseScopes(client, accountId, leaving));
  }
}

/** Returns whether there may be more. */
async function leaveFindings(client: pg.ClientBase, accountId: string, leaving: Leaving): Promise<boolean> {
  const { connection, now, actorId } = leaving;
  await dropHeldCloses(client, accountId, leaving);
  const stored = await listStoredFindings(
    client,
    "f.account_id = $1 AND f.source = $2 AND $3 = ANY (f.reported_by) LIMIT $4",
    [accountId, connection.source, connection.number, MOST_AT_ONCE],
  );
  const changes = stored.map((one) =>
    toUnreported(one, {
      connectionNumber: connection.number,
      occasion: { now, occurredAt: now, runId: null, actorId },
      reasonOf: () => "scope-lost",
      isKept: () => false,
    }),
  );
  await applyChanges(client, changes);
  return stored.length === MOST_AT_ONCE;
}

/** Nobody needs to decide any more: what waited leaves with the rest. */
async function dropHeldCloses(client: pg.ClientBase, accountId: string, { connection, now, actorId }: Leaving) {
  const { rows } = await client.query<{ finding_ids: string[] }>(
    `UPDATE held_close h SET state = 'rejected', decided_at = $3, decided_by = $4
     FROM sync_run r WHERE r.id = h.run_id AND r.connection_id = $1 AND h.account_id = $2 AND h.state = 'held'
     RETURNING h.finding_ids`,
    [connection.id, accountId, now, actorId],
  );
  for (const { finding_ids: ids } of rows) {
    await reportAgain(client, { accountId, ids, connectionNumber: connection.number });
  }
}

/** A scope that nobody reads any more is lost from now on, and nothing in it counts as scanned. */
async function loseScopes(client: pg.ClientBase, accountId: string, { connection, now }: Leaving): Promise<void> {
  const { rows } = await client.query<{ region: string }>(
    `UPDATE scope SET connections = array_remove(connections, $3),
       lost_at = CASE WHEN cardinality(array_remove(connections, $3)) = 0 THEN $4::timestamptz ELSE lost_at END,
       first_coverage_at = CASE WHEN cardinality(array_remove(connections, $3)) = 0 THEN NULL ELSE first_coverage_at END
     WHERE account_id = $1 AND source = $2 AND $3 = ANY (connections) RETURNING region, lost_at`,
    [accountId, connection.source, connection.number, now],
  );
  await client.query(
    `DELETE FROM coverage c USING scope s
     WHERE c.account_id = $1 AND c.source = $2 AND c.region = ANY ($3)
       AND s.account_id = c.account_id AND s.region = c.region AND s.source = c.source AND cardinality(s.connections) = 0`,
    [accountId, connection.source, rows.map(({ region }) => region)],
  );
}
