import { v7 as uuidv7 } from "uuid";
import { AppError } from "#lib/domain/errors.ts";
import { INSTALLATION_ACCOUNT_ID } from "#lib/domain/finding-words.ts";
import { deliverHandOverJob } from "#lib/jobs/deliver-hand-over.ts";
import { database, inTransaction } from "../database.ts";
import { saveAuditEvent } from "./audit-event.ts";
import type { Actor } from "./connections.ts";
import { keepReceiversTicket } from "./tickets.ts";

/** `issue: null`: a test, which is about no finding. */
export type NewHandOver = {
  issue: { accountId: string; issueId: string; findingId: string } | null;
  title: string;
  body: string;
};

/** Keeps what is to be handed over, with the job that sends it. Returns its id. */
export async function startHandOver({ issue, title, body }: NewHandOver, actor: Actor, now: Date): Promise<string> {
  const id = uuidv7();
  await inTransaction(async (client) => {
    await client.query(
      `INSERT INTO hand_over (account_id, id, issue_id, finding_id, title, body, made_at, made_by, next_attempt_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7)`,
      [
        issue?.accountId ?? INSTALLATION_ACCOUNT_ID,
        id,
        issue?.issueId ?? null,
        issue?.findingId ?? null,
        title,
        body,
        now,
        actor.personId,
      ],
    );
    await deliverHandOverJob.send(client, { id });
    const [action, target] = issue === null ? ["hand-over.test"] : ["finding.hand-over", issue.findingId];
    await saveAuditEvent(client, { actor: actor.userName, action: action ?? "", target, detail: { id }, now });
  });
  return id;
}

/** Has it tried again at once, and as often as a new one. Throws AppError: not-found, or conflict when it was delivered. */
export async function retryHandOver(id: string, actor: Actor, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      "UPDATE hand_over SET state = 'pending', attempts = 0, next_attempt_at = $2 WHERE id = $1 AND state <> 'delivered'",
      [id, now],
    );
    if (rowCount === 0) {
      const { rows } = await client.query("SELECT FROM hand_over WHERE id = $1", [id]);
      if (rows.length > 0)
        throw new AppError("conflict", "This hand-over was delivered. Make another to send it again.");
      throw new AppError("not-found", "No hand-over has this id.");
    }
    await deliverHandOverJob.send(client, { id });
    await saveAuditEvent(client, { actor: actor.userName, action: "hand-over.retry", target: id, now });
  });
}

const MOST_AT_ONCE = 200;

/** Queues what is due: tried again after a failure, or never taken up. What waits or runs already is left alone. */
export async function queueDueHandOvers(now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "SELECT id FROM hand_over WHERE next_attempt_at <= $1 ORDER BY next_attempt_at LIMIT $2",
      [now, MOST_AT_ONCE],
    );
    for (const { id } of rows) await deliverHandOverJob.send(client, { id });
  });
}

/** What is still to be sent, as it is sent; null where nothing is left to do. */
export async function takeHandOver(id: string): Promise<{ body: string; attempts: number } | null> {
  const { rows } = await database().pool.query<{ body: string; attempts: number }>(
    "SELECT body, attempts FROM hand_over WHERE id = $1 AND state = 'pending'",
    [id],
  );
  return rows[0] ?? null;
}

/** Keeps that it arrived, and the ticket that the receiver made of it, unless the issue has one. */
export async function finishHandOver(id: string, url: string | null, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const { rows } = await client.query<{ account_id: string; issue_id: string | null }>(
      `UPDATE hand_over SET state = 'delivered', attempts = attempts + 1, delivered_at = $2, next_attempt_at = NULL, failure = NULL
       WHERE id = $1 AND state = 'pending' RETURNING account_id, issue_id`,
      [id, now],
    );
    const [row] = rows;
    if (url === null || !row || row.issue_id === null) return;
    const ticket = { accountId: row.account_id, issueId: row.issue_id, url, now };
    if (!(await keepReceiversTicket(client, ticket))) return;
    await saveAuditEvent(client, { actor: "system", action: "hand-over.ticket", target: id, detail: { url }, now });
  });
}

/** Keeps why it did not arrive, and when it is tried again; null = not by itself. */
export async function failHandOver(id: string, failure: string, nextAttemptAt: Date | null): Promise<void> {
  await database().pool.query(
    `UPDATE hand_over SET attempts = attempts + 1, failure = $2, next_attempt_at = $3,
       state = CASE WHEN $3::timestamptz IS NULL THEN 'failed' ELSE 'pending' END
     WHERE id = $1 AND state = 'pending'`,
    [id, failure, nextAttemptAt],
  );
}
