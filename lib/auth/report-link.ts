import { v7 as uuidv7 } from "uuid";
import { database, inTransaction } from "#lib/db/database.ts";
import { saveAuditEvent } from "#lib/db/write/audit-event.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { MadeReportLink } from "#lib/domain/period-report.ts";
import { hashSecret, randomSecret } from "./secret.ts";

const DAY_MS = 86_400_000;

type Maker = { personId: string; userName: string };

/** Makes a link that opens one report without signing in. Its address is kept nowhere. Throws AppError not-found. */
export async function createReportLink(
  { reportId, days, appUrl }: { reportId: string; days: number; appUrl: string },
  { personId, userName }: Maker,
  now: Date,
): Promise<MadeReportLink> {
  const [id, token] = [uuidv7(), randomSecret()];
  const expiresAt = new Date(now.getTime() + days * DAY_MS);
  await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      `INSERT INTO report_link (id, report_id, token_hash, created_at, created_by, expires_at)
       SELECT $1, id, $3, $4, $5, $6 FROM period_report WHERE id = $2`,
      [id, reportId, hashSecret(token), now, personId, expiresAt],
    );
    if (rowCount === 0) throw new AppError("not-found", "There is no report with this id.");
    const detail = { link: id, expiresAt };
    await saveAuditEvent(client, { actor: userName, action: "report.share", target: reportId, detail, now });
  });
  return { id, url: new URL(`/shared/${token}`, appUrl).href, expiresAt: expiresAt.toISOString() };
}

/** Ends a link at once. Throws AppError not-found. */
export async function revokeReportLink(
  { id, linkId }: { id: string; linkId: string },
  { userName }: Maker,
  now: Date,
): Promise<void> {
  await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      "UPDATE report_link SET revoked_at = coalesce(revoked_at, $3) WHERE id = $1 AND report_id = $2",
      [linkId, id, now],
    );
    if (rowCount === 0) throw new AppError("not-found", "There is no such link of this report.");
    await saveAuditEvent(client, {
      actor: userName,
      action: "report.unshare",
      target: id,
      detail: { link: linkId },
      now,
    });
  });
}

/** The report that a link opens; null when it is unknown, expired or revoked. */
export async function findSharedReport(token: string, now: Date): Promise<string | null> {
  const { rows } = await database().pool.query<{ reportId: string }>(
    `SELECT report_id AS "reportId" FROM report_link WHERE token_hash = $1 AND revoked_at IS NULL AND expires_at > $2`,
    [hashSecret(token), now],
  );
  return rows[0]?.reportId ?? null;
}
