import type { PoolClient } from "pg";
import { v7 as uuidv7 } from "uuid";
import { AppError } from "#lib/domain/errors.ts";
import type { NewReportDelivery } from "#lib/domain/report-mail.ts";
import { deliverReportJob } from "#lib/jobs/deliver-report.ts";
import { database, inTransaction } from "../database.ts";
import { saveAuditEvent } from "./audit-event.ts";
import type { Actor } from "./connections.ts";

type Wanted = NewReportDelivery & { reportId: string };

/** Keeps to whom a report is to be sent, with the jobs that send it. Throws AppError not-found. */
export async function startDeliveries(wanted: Wanted, actor: Actor, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const { rowCount } = await client.query("SELECT FROM period_report WHERE id = $1 FOR KEY SHARE", [wanted.reportId]);
    if (rowCount === 0) throw new AppError("not-found", "There is no report with this id.");
    await insertDeliveries(client, wanted, now);
    const { reportId: target, recipients, isTest } = wanted;
    const detail = { recipients, isTest };
    await saveAuditEvent(client, { actor: actor.userName, action: "report.send", target, detail, now });
  });
}

/** The same inside a transaction, unaudited. */
export async function insertDeliveries(
  client: PoolClient,
  { reportId, recipients, isTest }: Wanted,
  now: Date,
): Promise<void> {
  for (const recipient of recipients) {
    const id = uuidv7();
    await client.query(
      `INSERT INTO report_delivery (id, report_id, recipient, is_test, made_at, next_attempt_at)
       VALUES ($1, $2, $3, $4, $5, $5)`,
      [id, reportId, recipient, isTest, now],
    );
    await deliverReportJob.send(client, { id });
  }
}

/** Has one tried again at once, and as often as a new one. Throws AppError: not-found, or conflict when it was sent. */
export async function retryDelivery(id: string, actor: Actor, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      "UPDATE report_delivery SET state = 'queued', attempts = 0, next_attempt_at = $2 WHERE id = $1 AND state <> 'sent'",
      [id, now],
    );
    if (rowCount === 0) {
      const { rows } = await client.query("SELECT FROM report_delivery WHERE id = $1", [id]);
      if (rows.length > 0) throw new AppError("conflict", "This e-mail was sent. Send the report again to repeat it.");
      throw new AppError("not-found", "No e-mail has this id.");
    }
    await deliverReportJob.send(client, { id });
    await saveAuditEvent(client, { actor: actor.userName, action: "report.retry", target: id, now });
  });
}

const MOST_AT_ONCE = 200;

/** Queues what is due: tried again after a failure, or never taken up. What waits or runs already is left alone. */
export async function queueDueDeliveries(now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "SELECT id FROM report_delivery WHERE next_attempt_at <= $1 ORDER BY next_attempt_at LIMIT $2",
      [now, MOST_AT_ONCE],
    );
    for (const { id } of rows) await deliverReportJob.send(client, { id });
  });
}

type Taken = { reportId: string; recipient: string; isTest: boolean; attempts: number };

/** What is still to be sent; null where nothing is left to do. */
export async function takeDelivery(id: string): Promise<Taken | null> {
  const { rows } = await database().pool.query<Taken>(
    `SELECT report_id AS "reportId", recipient, is_test AS "isTest", attempts
     FROM report_delivery WHERE id = $1 AND state = 'queued'`,
    [id],
  );
  return rows[0] ?? null;
}

export async function finishDelivery(id: string, now: Date): Promise<void> {
  await database().pool.query(
    `UPDATE report_delivery SET state = 'sent', attempts = attempts + 1, sent_at = $2, next_attempt_at = NULL, failure = NULL
     WHERE id = $1 AND state = 'queued'`,
    [id, now],
  );
}

/** Keeps why it was not sent, and when it is tried again; null = not by itself. */
export async function failDelivery(id: string, failure: string, nextAttemptAt: Date | null): Promise<void> {
  await database().pool.query(
    `UPDATE report_delivery SET attempts = attempts + 1, failure = $2, next_attempt_at = $3,
       state = CASE WHEN $3::timestamptz IS NULL THEN 'failed' ELSE 'queued' END
     WHERE id = $1 AND state = 'queued'`,
    [id, failure, nextAttemptAt],
  );
}
