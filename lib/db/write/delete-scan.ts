import type pg from "pg";
import { AppError } from "#lib/domain/errors.ts";
import { INSTALLATION_ACCOUNT_ID } from "#lib/domain/finding.ts";
import { applyChanges } from "./apply-changes.ts";
import { saveAuditEvent } from "./audit-event.ts";
import type { Actor } from "./connections.ts";
import { toFindingChange } from "./finding-change.ts";
import { listStoredFindings } from "./finding-row.ts";
import { ensureHistoryMonth, inAccounts } from "./write-transaction.ts";

type Deletion = { name: string; actor: Actor; mayDeleteOthers: boolean; now: Date };

/**
 * Takes a scan out of the list. What was open in it closes as `scope-lost`; its runs and all history stay. Returns the
 * archives that its runs had kept for another try. Throws AppError not-found, forbidden, or conflict while a run is
 * under way.
 */
export async function deleteScan(deletion: Deletion): Promise<{ runId: string; storageKey: string }[]> {
  const { name, actor, now } = deletion;
  await ensureHistoryMonth(now);
  return await inAccounts("codeguru", [INSTALLATION_ACCOUNT_ID], async (client) => {
    await markDeleted(client, deletion);
    await refuseUnderWay(client, name);
    const closed = await closeFindings(client, deletion);
    const detail = { closedFindings: closed };
    await saveAuditEvent(client, { actor: actor.userName, action: "scan.delete", target: name, detail, now });
    const { rows } = await client.query<{ runId: string; storageKey: string }>(
      `SELECT id AS "runId", storage_key AS "storageKey" FROM scan_run WHERE scan_name = $1 AND storage_key IS NOT NULL`,
      [name],
    );
    return rows;
  });
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

async function closeFindings(client: pg.ClientBase, { name, actor, now }: Deletion): Promise<number> {
  const open = await listStoredFindings(
    client,
    "f.account_id = $1 AND f.source = 'codeguru' AND f.scan_name = $2 AND f.status <> 'closed'",
    [INSTALLATION_ACCOUNT_ID, name],
  );
  const occasion = { now, occurredAt: now, openedCause: "new", closedReason: "scope-lost" } as const;
  const by = { runId: null, actorId: actor.personId };
  const changes = open.map(({ finding }) =>
    toFindingChange(finding, { ...finding, reported_by: [] }, "closed", { ...occasion, ...by }),
  );
  await applyChanges(client, changes);
  return changes.length;
}
