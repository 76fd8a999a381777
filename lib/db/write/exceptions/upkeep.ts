import { movesByItself, readExceptionQuery } from "#lib/domain/exception.ts";
import { applyExceptionJob } from "#lib/jobs/apply-exception.ts";
import { database } from "../../database.ts";
import { saveAuditEvent } from "../audit-event.ts";
import { withoutDeadlocks } from "../write-transaction.ts";
import { lockRules } from "./live-rules.ts";
import { requestApplication } from "./rule-row.ts";

/** Rules on what changes without a finding's being written are looked at again this often. */
const AGAIN_MS = 3_600_000;

/** Ends rules whose time has run out. Returns how many. What they held is lifted by their jobs. */
export async function endExpiredRules(now: Date): Promise<number> {
  const expired = await listExpired(now);
  if (expired.length === 0) return 0;
  return await withoutDeadlocks(async (client) => {
    await lockRules(client);
    const { rows } = await client.query<{ id: string }>(
      `UPDATE exception_rule r SET state = 'ended', pending = NULL, end_cause = 'expiry', ended_at = $2
       FROM exception_version v WHERE v.rule_id = r.id AND v.number = coalesce(r.live, r.pending)
         AND r.id = ANY ($1::uuid[]) AND r.state <> 'ended' AND v.expires_at <= $2 RETURNING r.id`,
      [expired, now],
    );
    for (const { id } of rows) {
      await saveAuditEvent(client, { actor: "system", action: "exception.expire", target: id, now });
      await requestApplication(client, id);
    }
    return rows.length;
  });
}

async function listExpired(now: Date): Promise<string[]> {
  const { rows } = await database().pool.query<{ id: string }>(
    `SELECT r.id FROM exception_rule r JOIN exception_version v ON v.rule_id = r.id AND v.number = coalesce(r.live, r.pending)
     WHERE r.state <> 'ended' AND v.expires_at <= $1`,
    [now],
  );
  return rows.map(({ id }) => id);
}

/** Asks for what rules have not been applied to yet, and for those on tags, EPSS, age or text whose hour has come. */
export async function requestDueApplications(now: Date): Promise<void> {
  const { pool } = database();
  const { rows } = await pool.query<{ id: string; query: string; is_due: boolean }>(
    `SELECT r.id, v.query, r.checked_at IS NULL AS is_due
     FROM exception_rule r JOIN exception_version v ON v.rule_id = r.id AND v.number = coalesce(r.live, 1)
     WHERE (r.checked_at IS NULL AND r.state <> 'awaiting') OR (r.state = 'active' AND r.checked_at <= $1)`,
    [new Date(now.getTime() - AGAIN_MS)],
  );
  for (const { id, query, is_due: isDue } of rows) {
    if (isDue || movesByItself(readExceptionQuery(query))) await applyExceptionJob.send(pool, { id });
  }
}
