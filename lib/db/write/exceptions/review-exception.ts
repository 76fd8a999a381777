import type pg from "pg";
import { AppError } from "#lib/domain/errors.ts";
import type { Review } from "#lib/domain/exception.ts";
import { saveAuditEvent } from "../audit-event.ts";
import type { Actor } from "../connections.ts";
import { withoutDeadlocks } from "../write-transaction.ts";
import { lockRules } from "./live-rules.ts";
import { getVersionRow, lockRuleRow, type RuleRow, refuseEnded, requestApplication } from "./rule-row.ts";

/**
 * A second person's word: approved, a waiting version takes hold, of critical and known-exploited findings too; declined,
 * what held before goes on, and a rule that never held ends. Where nothing waits, it is about the critical findings that
 * a rule does not hold. Throws AppError: `not-found`, `forbidden` for one's own, `conflict` when it is decided already.
 */
export async function saveReview(id: string, review: Review, actor: Actor, now: Date): Promise<void> {
  await withoutDeadlocks(async (client) => {
    await lockRules(client);
    const rule = await lockRuleRow(client, id);
    refuseEnded(rule);
    const number = rule.pending ?? rule.live;
    const version = await getVersionRow(client, id, number);
    if (version.made_by === actor.personId) {
      throw new AppError("forbidden", "You made it: another lead has to agree.");
    }
    if (version.holds_grave || version.decision !== null) {
      throw new AppError("conflict", "Nothing of this exception waits for approval: somebody has decided already.");
    }
    await client.query(
      `UPDATE exception_version SET decision = $3, decided_at = $4, decided_by = $5, decision_reason = $6,
         holds_grave = ($3 = 'approved') WHERE rule_id = $1 AND number = $2`,
      [id, number, review.decision, now, actor.personId, review.reason],
    );
    await (review.decision === "approved"
      ? approve(client, id, number)
      : decline(client, rule, { review, actor, now }));
    const action = review.decision === "approved" ? "exception.approve" : "exception.decline";
    const detail = { version: number, reason: review.reason };
    await saveAuditEvent(client, { actor: actor.userName, action, target: id, detail, now });
  });
}

async function approve(client: pg.ClientBase, id: string, number: number | null): Promise<void> {
  await client.query("UPDATE exception_rule SET state = 'active', live = $2, pending = NULL WHERE id = $1", [
    id,
    number,
  ]);
  await requestApplication(client, id);
}

type Declining = { review: Review; actor: Actor; now: Date };

async function decline(client: pg.ClientBase, { id, live }: RuleRow, { review, actor, now }: Declining): Promise<void> {
  await client.query("UPDATE exception_rule SET pending = NULL WHERE id = $1", [id]);
  if (live !== null) return;
  await client.query(
    `UPDATE exception_rule SET state = 'ended', end_cause = 'declined', ended_at = $2, ended_by = $3, end_reason = $4, checked_at = $2
     WHERE id = $1`,
    [id, now, actor.personId, review.reason],
  );
}
