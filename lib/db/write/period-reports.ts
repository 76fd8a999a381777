import { v7 as uuidv7 } from "uuid";
import { AppError } from "#lib/domain/errors.ts";
import type { ReportContent } from "#lib/domain/period-report.ts";
import { inTransaction } from "../database.ts";
import { saveAuditEvent } from "./audit-event.ts";
import type { Actor } from "./connections.ts";

/** Keeps a report as it is told now. Returns its id. */
export async function saveReport(content: ReportContent, actor: Actor, now: Date): Promise<string> {
  const id = uuidv7();
  const { period, scope, asOf } = content;
  await inTransaction(async (client) => {
    await client.query(
      `INSERT INTO period_report (id, period, scope, content, as_of, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [id, period, scope, content, asOf, now, actor.personId],
    );
    await saveAuditEvent(client, {
      actor: actor.userName,
      action: "report.create",
      target: id,
      detail: { period, scope, asOf },
      now,
    });
  });
  return id;
}

/** Deletes a report with its links and deliveries. Throws AppError not-found. */
export async function deleteReport(id: string, actor: Actor, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const { rows } = await client.query<{ period: string }>(
      "DELETE FROM period_report WHERE id = $1 RETURNING period",
      [id],
    );
    const [row] = rows;
    if (!row) throw new AppError("not-found", "There is no report with this id.");
    await saveAuditEvent(client, {
      actor: actor.userName,
      action: "report.delete",
      target: id,
      detail: { period: row.period },
      now,
    });
  });
}
