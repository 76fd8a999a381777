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

/** What a link leads to: a report, or why to none. Of one that was never made, or whose report is gone, nothing is known. */
export type SharedReport =
  | { state: "open"; reportId: string }
  | { state: "revoked" | "ended"; at: Date }
  | { state: "unknown" };

type LinkRow = { reportId: string; expiresAt: Date; revokedAt: Date | null };

/** Only who has the link learns anything of it. */
export async function findSharedReport(token: string, now: Date): Promise<SharedReport> {
  const { rows } = await database().pool.query<LinkRow>(
    `SELECT report_id AS "reportId", expires_at AS "expiresAt", revoked_at AS "revokedAt" FROM report_link WHERE token_hash = $1`,
    [hashSecret(token)],
  );
  const [link] = rows;
  if (!link) return { state: "unknown" };
  if (link.revokedAt !== null) return { state: "revoked", at: link.revokedAt };
  if (link.expiresAt <= now) return { state: "ended", at: link.expiresAt };
  return { state: "open", reportId: link.reportId };
}
