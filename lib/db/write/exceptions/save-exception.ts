import type pg from "pg";
import { AppError } from "#lib/domain/errors.ts";
import { type ExceptionChange, type NewException, toExceptionQuery } from "#lib/domain/exception.ts";
import { database } from "../../database.ts";
import { newId } from "../../identity.ts";
import { getExceptionPolicy } from "../../read/exception-policy.ts";
import { saveAuditEvent } from "../audit-event.ts";
import type { Actor } from "../connections.ts";
import { withoutDeadlocks } from "../write-transaction.ts";
import { lockRules } from "./live-rules.ts";
import {
  findLatest,
  findOwner,
  getVersionRow,
  insertVersion,
  lockRuleRow,
  refuseEnded,
  requestApplication,
  toExpiry,
  touchesGrave,
  type VersionRow,
} from "./rule-row.ts";

/**
 * Makes a rule: it holds from now on what is written, and a job looks at what is there. Where a second person has to
 * agree it holds nothing before. Returns its id. Throws AppError invalid-input.
 */
export async function saveNewException(wanted: NewException, actor: Actor, now: Date): Promise<string> {
  const version: VersionRow = {
    query: toExceptionQuery(wanted.filter),
    grounds: wanted.grounds,
    reason: wanted.reason,
    ...toExpiry(wanted.until),
    owner_id: await findOwner(database().pool, wanted.owner ?? actor.userName),
    made_by: actor.personId,
  };
  const verdict = await judgeVersion(version, now);
  const id = newId();
  await withoutDeadlocks(async (client) => {
    await lockRules(client);
    const [state, live, pending] = verdict.waits ? ["awaiting", null, 1] : ["active", 1, null];
    await client.query(
      "INSERT INTO exception_rule (id, state, live, pending, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6)",
      [id, state, live, pending, now, actor.personId],
    );
    await insertVersion(client, { id, number: 1, holdsGrave: verdict.holdsGrave }, version, now);
    await saveAudit(client, { id, action: "exception.create", actor, now }, toDetail(version, verdict));
    if (!verdict.waits) await requestApplication(client, id);
  });
  return id;
}

/**
 * Changes what a rule says: a new version, the old one kept. Where a second person has to agree, the old one holds until
 * then. Throws AppError: `not-found`, `invalid-input`, or `conflict` when somebody else has changed or ended it.
 */
export async function saveExceptionChange(id: string, change: ExceptionChange, actor: Actor, now: Date): Promise<void> {
  const { pool } = database();
  const present = await getVersionRow(pool, id, await findLatest(pool, id));
  const version: VersionRow = {
    query: change.filter ? toExceptionQuery(change.filter) : present.query,
    grounds: change.grounds ?? present.grounds,
    reason: change.reason ?? present.reason,
    ...(change.until ? toExpiry(change.until) : { expires_at: present.expires_at, until_fix: present.until_fix }),
    owner_id: change.owner ? await findOwner(pool, change.owner) : present.owner_id,
    made_by: actor.personId,
  };
  // Before the lock: it may take a while, and what becomes critical meanwhile is not held anyway.
  const verdict = await judgeVersion(version, now);
  const number = change.version + 1;
  await withoutDeadlocks(async (client) => {
    await lockRules(client);
    const rule = await lockRuleRow(client, id);
    refuseEnded(rule);
    await refuseChanged(client, id, { latest: rule.pending ?? rule.live, seen: change.version });
    await insertVersion(client, { id, number, holdsGrave: verdict.holdsGrave }, version, now);
    await client.query(
      verdict.waits
        ? "UPDATE exception_rule SET pending = $2 WHERE id = $1"
        : "UPDATE exception_rule SET live = $2, pending = NULL, state = 'active' WHERE id = $1",
      [id, number],
    );
    const detail = { version: number, ...toDetail(version, verdict) };
    await saveAudit(client, { id, action: "exception.change", actor, now }, detail);
    if (!verdict.waits) await requestApplication(client, id);
  });
}

async function refuseChanged(
  client: pg.ClientBase,
  id: string,
  { latest, seen }: { latest: number | null; seen: number },
): Promise<void> {
  if (latest === seen) return;
  const { maker, made_at: at } = await getVersionRow(client, id, latest);
  throw new AppError("conflict", `${maker} changed this exception at ${at.toISOString()}, after you had looked.`);
}

/** Ends a rule: what only it held is active again. Throws AppError: `not-found`, or `conflict` when it is over. */
export async function endException(id: string, reason: string, actor: Actor, now: Date): Promise<void> {
  await withoutDeadlocks(async (client) => {
    await lockRules(client);
    refuseEnded(await lockRuleRow(client, id));
    await client.query(
      `UPDATE exception_rule SET state = 'ended', pending = NULL, end_cause = 'person', ended_at = $2, ended_by = $3, end_reason = $4
       WHERE id = $1`,
      [id, now, actor.personId, reason],
    );
    await saveAudit(client, { id, action: "exception.end", actor, now }, { reason });
    await requestApplication(client, id);
  });
}

/** Whether it waits for a second person, and whether it holds what is critical or known exploited. */
type Verdict = { waits: boolean; holdsGrave: boolean };

async function judgeVersion(version: VersionRow, now: Date): Promise<Verdict> {
  const { secondApprover } = await getExceptionPolicy();
  if (!secondApprover) return { waits: false, holdsGrave: true };
  return { waits: await touchesGrave(database().pool, version, now), holdsGrave: false };
}

function toDetail({ query, grounds, reason, expires_at: expiresAt }: VersionRow, { waits }: Verdict) {
  return { query, grounds, reason, until: expiresAt?.toISOString() ?? "fix", waitsForApproval: waits };
}

type Act = { id: string; action: string; actor: Actor; now: Date };

async function saveAudit(client: pg.ClientBase, { id, action, actor, now }: Act, detail: Record<string, unknown>) {
  await saveAuditEvent(client, { actor: actor.userName, action, target: id, detail, now });
}
