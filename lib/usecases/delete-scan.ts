import type { Actor } from "#lib/db/write/connections.ts";
import { deleteScan as markScanDeleted } from "#lib/db/write/delete-scan.ts";
import { forgetArchive } from "#lib/db/write/scan-runs.ts";
import type { Permission } from "#lib/domain/permission.ts";
import type { Storage } from "#lib/storage/storage.ts";

type Caller = Actor & { permissions: ReadonlySet<Permission> };

/**
 * Takes a scan out of the list for good: what was open in it closes as scope-lost, and no archive of it is kept. Whoever
 * made it may do so, and whoever decides about findings. The same name used again goes on with the next revision.
 * Throws AppError not-found, forbidden, or conflict while a run is under way.
 */
export async function deleteScan(
  storage: Pick<Storage, "remove">,
  name: string,
  caller: Caller,
  now: Date,
): Promise<void> {
  const mayDeleteOthers = caller.permissions.has("findings:triage");
  for (const { runId, storageKey } of await markScanDeleted({ name, actor: caller, mayDeleteOthers, now })) {
    await storage.remove(storageKey);
    await forgetArchive(runId);
  }
}
