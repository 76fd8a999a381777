import type pg from "pg";
import { v7 as uuidv7 } from "uuid";
import type { ConnectAws, ConnectionChange } from "#lib/domain/connection.ts";
import { AppError } from "#lib/domain/errors.ts";
import { inTransaction } from "../database.ts";
import { type NewAuditEvent, saveAuditEvent } from "./audit-event.ts";

/** Who changes something, for the audit log. */
export type Actor = { personId: string; userName: string };

/**
 * Makes one connection a region, each due at once. Returns their ids in the order of the regions. Throws AppError
 * conflict when one of them is connected already with the same credentials.
 */
export async function saveAwsConnections(request: ConnectAws, actor: Actor, now: Date): Promise<string[]> {
  return await inTransaction(async (client) => {
    // Two who connect the same at once: the second sees the first's.
    await client.query("SELECT pg_advisory_xact_lock(hashtext('connection'))");
    await refuseTwice(client, request);
    const ids: string[] = [];
    for (const region of new Set(request.regions)) {
      const id = uuidv7();
      await client.query(
        `INSERT INTO connection (id, source, name, region, role_arn, external_id, created_at, created_by, next_run_at)
         VALUES ($1, 'inspector', $2, $3, $4, $5, $6, $7, $6)`,
        [id, request.name, region, request.roleArn, request.externalId, now, actor.personId],
      );
      ids.push(id);
      const detail = { name: request.name, region, roleArn: request.roleArn };
      await saveAuditEvent(client, { ...toAudit(actor, now, id), action: "connection.create", detail });
    }
    return ids;
  });
}

/** Changes how often a connection is read, or its name. Throws AppError not-found. */
export async function saveConnectionChange(
  id: string,
  change: ConnectionChange,
  actor: Actor,
  now: Date,
): Promise<void> {
  await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      `UPDATE connection SET name = coalesce($2, name),
         whole_every_minutes = coalesce($3, whole_every_minutes),
         incremental_every_minutes = coalesce($4, incremental_every_minutes),
         next_run_at = CASE WHEN next_run_at IS NULL THEN NULL
           ELSE least(next_run_at, $5::timestamptz + make_interval(mins => coalesce($4, incremental_every_minutes))) END
       WHERE id = $1 AND disconnected_at IS NULL`,
      [id, change.name, change.wholeEveryMinutes, change.incrementalEveryMinutes, now],
    );
    if (rowCount === 0) throw new AppError("not-found", "No connection has this id.");
    await saveAuditEvent(client, { ...toAudit(actor, now, id), action: "connection.update", detail: change });
  });
}

async function refuseTwice(client: pg.PoolClient, { regions, roleArn }: ConnectAws): Promise<void> {
  const { rows } = await client.query<{ region: string }>(
    `SELECT region FROM connection WHERE source = 'inspector' AND NOT is_sample AND disconnected_at IS NULL
       AND region = ANY($1) AND role_arn IS NOT DISTINCT FROM $2 ORDER BY region`,
    [regions, roleArn],
  );
  if (rows.length === 0) return;
  const named = rows.map(({ region }) => region).join(", ");
  throw new AppError("conflict", `These credentials already read ${named}. Disconnect it first, or leave it out.`);
}

function toAudit(actor: Actor, now: Date, target: string): Omit<NewAuditEvent, "action"> {
  return { actor: actor.userName, target, now };
}
