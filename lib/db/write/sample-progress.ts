import type pg from "pg";
import { v7 as uuidv7 } from "uuid";
import { AppError } from "#lib/domain/errors.ts";
import type { SampleProgress } from "#lib/domain/sample-progress.ts";
import { removeSampleJob } from "#lib/jobs/remove-sample.ts";
import { replaySampleJob } from "#lib/jobs/replay-sample.ts";
import { database, inTransaction } from "../database.ts";
import { saveAuditEvent } from "./audit-event.ts";

/** What the sample says about itself, as far as it is stored. */
export type SampleOrganisation = {
  regions: string[];
  accounts: { id: string; name: string }[];
  endsAt: Date;
  weeks: number;
};

/**
 * Makes the sample's connections and accounts, and queues its replay: together or not at all. Does nothing where a
 * sample is or was. Returns whether it did.
 */
export async function startSampleReplay(organisation: SampleOrganisation, now: Date): Promise<boolean> {
  return await inTransaction(async (client) => {
    const progress: SampleProgress = {
      state: "replaying",
      week: 0,
      weeks: organisation.weeks,
      hidden: false,
      endsAt: organisation.endsAt.toISOString(),
    };
    const { rowCount } = await client.query(
      "INSERT INTO setting (key, value, updated_at) VALUES ('sample', $1, $2) ON CONFLICT DO NOTHING",
      [progress, now],
    );
    if (rowCount === 0) return false;
    for (const region of organisation.regions) {
      // next_run_at stays empty until the replay has ended: nothing else may read in between.
      await client.query(
        `INSERT INTO connection (id, source, name, region, is_sample, created_at)
         VALUES ($1, 'inspector', 'Sample organisation', $2, true, $3)`,
        [uuidv7(), region, now],
      );
    }
    await saveAccountNames(client, organisation.accounts, now);
    await replaySampleJob.send(client, {});
    return true;
  });
}

/** Queues what is unfinished of the sample, unless it waits or runs already: a job is given up after many failures. */
export async function requeueSample(state: SampleProgress["state"]): Promise<void> {
  const { pool } = database();
  if (state === "replaying") await replaySampleJob.send(pool, {});
  if (state === "removing") await removeSampleJob.send(pool, {});
}

/** How far the replay is. Does nothing unless one is under way. */
export async function saveReplayWeek(week: number): Promise<void> {
  await database().pool.query(
    `UPDATE setting SET value = value || jsonb_build_object('week', $1::int), updated_at = clock_timestamp()
     WHERE key = 'sample' AND value->>'state' = 'replaying'`,
    [week],
  );
}

/** The year has been replayed: from now on, and first at once, its connections are read on their schedule like any other. */
export async function finishSampleReplay(now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      `UPDATE setting SET value = value || '{"state": "ready"}', updated_at = $1
       WHERE key = 'sample' AND value->>'state' = 'replaying'`,
      [now],
    );
    if (rowCount === 0) return;
    await client.query("UPDATE connection SET next_run_at = $1 WHERE is_sample AND disconnected_at IS NULL", [now]);
  });
}

/** Hides the sample from every list and count, or shows it again. Throws AppError not-found where there is none. */
export async function saveSampleHidden(hidden: boolean, actor: string, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      `UPDATE setting SET value = value || jsonb_build_object('hidden', $1::boolean), updated_at = $2
       WHERE key = 'sample'`,
      [hidden, now],
    );
    if (rowCount === 0) throw new AppError("not-found", "There is no sample organisation.");
    await saveAuditEvent(client, { actor, action: hidden ? "sample.hide" : "sample.show", now });
  });
}

/** Queues the sample's removal, and ends its replay. Returns false where there is nothing to remove. */
export async function startSampleRemoval(actor: string, now: Date): Promise<boolean> {
  return await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      `UPDATE setting SET value = value || '{"state": "removing"}', updated_at = $1
       WHERE key = 'sample' AND value->>'state' IN ('replaying', 'ready')`,
      [now],
    );
    if (rowCount === 0) return false;
    await client.query(
      "UPDATE connection SET disconnected_at = $1, next_run_at = NULL WHERE is_sample AND disconnected_at IS NULL",
      [now],
    );
    // A real connection may report the very findings that go (it was pointed at the sample): it waits, and reads anew.
    await client.query(
      `UPDATE connection c SET is_whole_due = true, next_run_at = NULL WHERE NOT c.is_sample AND c.disconnected_at IS NULL
         AND EXISTS (SELECT 1 FROM finding f WHERE f.is_sample AND c.number = ANY (f.reported_by))`,
    );
    await removeSampleJob.send(client, {});
    await saveAuditEvent(client, { actor, action: "sample.remove", now });
    return true;
  });
}

/** Nothing of the sample is left. Connections that waited for it are due. */
export async function finishSampleRemoval(now: Date): Promise<void> {
  await inTransaction(async (client) => {
    await client.query(
      `UPDATE setting SET value = value || '{"state": "removed"}', updated_at = $1
       WHERE key = 'sample' AND value->>'state' = 'removing'`,
      [now],
    );
    await client.query(
      `UPDATE connection SET next_run_at = $1
       WHERE source = 'inspector' AND next_run_at IS NULL AND NOT is_sample AND disconnected_at IS NULL`,
      [now],
    );
  });
}

async function saveAccountNames(
  client: pg.PoolClient,
  accounts: { id: string; name: string }[],
  now: Date,
): Promise<void> {
  await client.query(
    `INSERT INTO account (id, name, is_sample, created_at)
     SELECT id, name, true, $3 FROM unnest($1::text[], $2::text[]) AS named (id, name)
     ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name`,
    [accounts.map(({ id }) => id), accounts.map(({ name }) => name), now],
  );
}
