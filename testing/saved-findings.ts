import { v7 as uuidv7 } from "uuid";
import { database } from "#lib/db/database.ts";
import { saveObservedFindings } from "#lib/db/write/observed-findings.ts";
import { finishSyncRun, startSyncRun } from "#lib/db/write/sync-run.ts";
import type { SourceName } from "#lib/domain/finding.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";

type Made = { isSample?: boolean; source?: SourceName };

/** A connection to Inspector in eu-west-1, or to another source. Returns its id. */
export async function aConnection({ isSample = false, source = "inspector" }: Made = {}): Promise<string> {
  const id = uuidv7();
  await database().prisma.connection.create({
    data: { id, source, name: "production", region: "eu-west-1", isSample },
  });
  return id;
}

/** Stores findings through one incremental pass, as a sync would: nothing closes. */
export async function saveFindings(
  observed: ObservedFinding[],
  { connectionId, now = new Date("2026-01-06T00:00:00Z") }: { connectionId?: string; now?: Date } = {},
): Promise<void> {
  const pass = await startSyncRun({
    connectionId: connectionId ?? (await aConnection()),
    mode: "incremental",
    trigger: "person",
    now,
    requestedBy: null,
  });
  await saveObservedFindings(pass, observed);
  await finishSyncRun(pass);
}
