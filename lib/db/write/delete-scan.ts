import type pg from "pg";
import { AppError } from "#lib/domain/errors.ts";
import { INSTALLATION_ACCOUNT_ID } from "#lib/domain/finding-words.ts";
import type { ScanSource } from "#lib/domain/scan.ts";
import { database } from "../database.ts";
import { applyChanges } from "./apply-changes.ts";
import { saveAuditEvent } from "./audit-event.ts";
import type { Actor } from "./connections.ts";
import { toFindingChange } from "./finding-change.ts";
import { listStoredFindings } from "./finding-row.ts";
import { ensureHistoryMonth, inAccounts } from "./write-transaction.ts";

/** A report may have brought half a million. */
const MOST_AT_ONCE = 10_000;

type Deletion = { name: string; actor: Actor; mayDeleteOthers: boolean; now: Date };

/**
 * Takes a scan out of the list. What was open in it closes as `scope-lost`; its runs and all history stay. Returns the
 * archives that its runs had kept for another try. Throws AppError not-found, forbidden, or conflict while a run is
 * under way.
 */
export async function deleteScan(deletion: Deletion): Promise<{ runId: string; storageKey: string }[]> {
  const { name, actor, now } = deletion;
  await ensureHistoryMonth(now);
  const source = await sourceOf(name);
  return await inAccounts(source, [INSTALLATION_ACCOUNT_ID], async (client) => {
    await markDeleted(client, deletion);
    await refuseUnderWay(client, name);
    const closed = await closeFindings(client, deletion, source);
    const detail = { closedFindings: closed };
    await saveAuditEvent(client, { actor: actor.userName, action: "scan.delete", target: name, detail, now });
    const { rows } = await client.query<{ runId: string; storageKey: string }>(
      `SELECT id AS "runId", storage_key AS "storageKey" FROM scan_run WHERE scan_name = $1 AND storage_key IS NOT NULL`,
      [name],
    );
    return rows;
  });
}

async function sourceOf(name: string): Promise<ScanSource> {
  const { rows } = await database().pool.query<{ source: ScanSource }>("SELECT source FROM scan WHERE name = $1", [
    name,
  ]);
  return rows[0]?.source ?? "codeguru";
}

/** The scan's row is locked from here on: no revision begins and none is tried again meanwhile. */
async function markDeleted(client: pg.ClientBase, { name, actor, mayDeleteOthers, now }: Deletion): Promise<void> {
  const { rows } = await client.query<{ owner_id: string }>(
    "UPDATE scan SET deleted_at = $2 WHERE name = $1 AND deleted_at IS NULL RETURNING owner_id",
    [name, now],
  );
  const [scan] = rows;
  if (!scan) throw new AppError("not-found", `There is no scan named ${name}.`);
  if (scan.owner_id !== actor.personId && !mayDeleteOthers) {
    throw new AppError("forbidden", "Another person made this scan: they or a lead may delete it.");
  }
}

async function refuseUnderWay(client: pg.ClientBase, name: string): Promise<void> {
  const { rowCount } = await client.query(
    "SELECT 1 FROM scan_run WHERE scan_name = $1 AND state NOT IN ('succeeded', 'failed', 'cancelled') LIMIT 1",
    [name],
  );
  if (rowCount)
    throw new AppError("conflict", "A run of this scan is under way. Cancel it first, or wait for its end.");
}

async function closeFindings(client: pg.ClientBase, deletion: Deletion, source: ScanSource): Promise<number> {
  let closed = 0;
  for (let n = -1; n !== 0; closed += n) n = await closeSomeFindings(client, deletion, source);
  return closed;
}

async function closeSomeFindings(
  client: pg.ClientBase,
  { name, actor, now }: Deletion,
  source: ScanSource,
): Promise<number> {
  const open = await listStoredFindings(
    client,
    "f.account_id = $1 AND f.source = $2 AND f.scan_name = $3 AND f.status <> 'closed' LIMIT $4",
    [INSTALLATION_ACCOUNT_ID, source, name, MOST_AT_ONCE],
  );
  const occasion = { now, occurredAt: now, openedCause: "new", closedReason: "scope-lost" } as const;
  const by = { runId: null, actorId: actor.personId };
  const changes = open.map(({ finding }) =>
    toFindingChange(finding, { ...finding, reported_by: [] }, "closed", { ...occasion, ...by }),
  );
  await applyChanges(client, changes);
  return changes.length;
}
