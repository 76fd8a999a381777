import { z } from "zod";
import type { AuditEvent, AuditEventFilter, AuditEventPage } from "#lib/domain/audit-event.ts";
import { database } from "../database.ts";
import { readListCursor, toListCursor } from "./list-cursor.ts";

type Row = Omit<AuditEvent, "at"> & { at: Date };
const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

/** One page of the audit log, newest first; ties by id, so that a cursor is exact. */
export async function listAuditEvents(filter: AuditEventFilter): Promise<AuditEventPage> {
  const [afterAt, afterId] = filter.cursor ? readListCursor(filter.cursor, cursorSchema) : [null, null];
  const { rows } = await database().pool.query<Row>(
    `SELECT id, at, actor, action, target, result, detail FROM audit_event
     WHERE ($1::text IS NULL OR actor = $1) AND ($2::text IS NULL OR action = $2)
       AND ($3::timestamptz IS NULL OR at < $3 OR (at = $3 AND id < $4::uuid))
     ORDER BY at DESC, id DESC LIMIT $5`,
    [filter.actor ?? null, filter.action ?? null, afterAt, afterId, filter.limit + 1], // one more tells of a next page
  );
  const items = rows.slice(0, filter.limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  const last = items.at(-1);
  return { items, nextCursor: last && rows.length > filter.limit ? toCursor(last) : null };
}

function toCursor({ at, id }: AuditEvent): string {
  return toListCursor([at, id]);
}
