import { isToCome, toInstant } from "#lib/domain/as-of.ts";
import { AppError } from "#lib/domain/errors.ts";
import { UPKEEP } from "../database.ts";
import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";
import { IS_SAMPLE_SHOWN } from "./sample-visibility.ts";

/**
 * `settledAt`: the latest instant for which no writer is still open, so that whatever is recorded later lies after it;
 * `hasUnsettled` when something was. `firstSyncAt`: the end of the first pass that is shown; before it nothing is known,
 * and null = there was none. `includeSample`: whether the sample is shown.
 */
export type History = {
  includeSample: boolean;
  firstSyncAt: Date | null;
  settledAt: Date;
  hasUnsettled: boolean;
  now: Date;
};

/**
 * What a pass writes is recorded at its `as_of`; a disconnection at `disconnected_at`, until it has left its last scope;
 * the sample's replay at the weeks that are still to come; a person's decision shortly before its transaction began.
 * The upkeep of indexes records nothing.
 */
const SETTLED_AT = Prisma.sql`least(
  clock_timestamp() - INTERVAL '10 seconds',
  (SELECT min(as_of) FROM sync_run WHERE state = 'running') - INTERVAL '1 millisecond',
  (SELECT min(xact_start) FROM pg_stat_activity
    WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()
      AND application_name <> ${UPKEEP}) - INTERVAL '10 seconds',
  (SELECT min(c.disconnected_at) FROM connection c WHERE c.disconnected_at IS NOT NULL AND NOT c.is_sample
    AND EXISTS (SELECT 1 FROM scope s WHERE s.source = c.source AND c.number = ANY (s.connections)))
    - INTERVAL '1 millisecond',
  (SELECT (value->>'endsAt')::timestamptz - make_interval(weeks => (value->>'weeks')::int - (value->>'week')::int)
    FROM setting WHERE key = 'sample' AND value->>'state' = 'replaying') - INTERVAL '1 millisecond'
)`;

/** What can be told of the past, right now. */
export async function getHistory(): Promise<History> {
  const [row] = await ask<History>(Prisma.sql`
    SELECT shown AS "includeSample", settled_at AS "settledAt", clock_timestamp() AS now,
      -- A finding's updated_at is when its last event was recorded; the newest is one look into its index.
      coalesce((SELECT max(updated_at) FROM finding) > settled_at, false) AS "hasUnsettled",
      (SELECT min(s.first_pass_at) FROM scope s WHERE shown OR NOT s.is_sample) AS "firstSyncAt"
    FROM (SELECT ${IS_SAMPLE_SHOWN} AS shown, date_trunc('milliseconds', ${SETTLED_AT}) AS settled_at OFFSET 0) AS settled`);
  if (!row) throw new Error("A query without a table gave no row");
  return row;
}

/** The moment that an answer of now is told of, as text; null while nothing can be told. */
export function toldAt({ firstSyncAt, settledAt }: History): string | null {
  return firstSyncAt === null || settledAt < firstSyncAt ? null : settledAt.toISOString();
}

/**
 * The instant that an answer `asOf` is told of: the one asked for, or the settled one if that is earlier.
 * Throws AppError: `invalid-input` for what is still to come, `gone` for a time before the first sync.
 */
export function resolveAsOf(asOf: string, { firstSyncAt, settledAt, now }: History): Date {
  if (isToCome(asOf, now)) {
    const faults = [{ field: "asOf", message: "It lies in the future" }];
    throw new AppError("invalid-input", "`asOf` lies in the future: nothing is known of it yet.", { faults });
  }
  const instant = new Date(Math.min(toInstant(asOf).getTime(), settledAt.getTime()));
  if (firstSyncAt === null || instant < firstSyncAt) {
    const earliest = firstSyncAt === null ? "There was no sync yet" : `The earliest is ${firstSyncAt.toISOString()}`;
    const faults = [{ field: "asOf", message: earliest }];
    throw new AppError("gone", `Nothing is known as of then. ${earliest}.`, { faults });
  }
  return instant;
}

/** The instant that a list of this `asOf` is told of, as text. Throws AppError as `resolveAsOf` does. */
export async function pinAsOf(asOf: string): Promise<string> {
  return resolveAsOf(asOf, await getHistory()).toISOString();
}
