import type { AnnotationChange, NewAnnotation } from "#lib/domain/annotation.ts";
import { AppError } from "#lib/domain/errors.ts";
import { inTransaction } from "../database.ts";
import { newId } from "../identity.ts";
import { saveAuditEvent } from "./audit-event.ts";

type Person = { userName: string };

const MOST_ANNOTATIONS = 5_000;

/** Saves what happened on a day. Returns its id. Throws AppError conflict where there are too many. */
export async function saveAnnotation(annotation: NewAnnotation, { userName }: Person, now: Date): Promise<string> {
  const id = newId();
  const { day, kind, text, link } = annotation;
  await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      `INSERT INTO annotation (id, day, kind, text, link, created_at, created_by)
       SELECT $1, $2, $3, $4, $5, $6, $7 WHERE (SELECT count(*) FROM annotation) < $8`,
      [id, day, kind, text, link, now, userName, MOST_ANNOTATIONS],
    );
    if (rowCount === 0)
      throw new AppError("conflict", `There are ${MOST_ANNOTATIONS} annotations: delete what nobody needs any more.`);
    await saveAuditEvent(client, { actor: userName, action: "annotation.create", target: id, detail: annotation, now });
  });
  return id;
}

/** Changes an annotation. Throws AppError not-found. */
export async function saveAnnotationChange(
  id: string,
  change: AnnotationChange,
  { userName }: Person,
  now: Date,
): Promise<void> {
  const { day, kind, text, link } = change;
  await inTransaction(async (client) => {
    const { rowCount } = await client.query(
      `UPDATE annotation SET day = coalesce($2, day), kind = coalesce($3, kind), text = coalesce($4, text),
         link = CASE WHEN $5 THEN $6 ELSE link END WHERE id = $1`,
      [id, day ?? null, kind ?? null, text ?? null, link !== undefined, link ?? null],
    );
    if (rowCount === 0) throw unknown();
    await saveAuditEvent(client, { actor: userName, action: "annotation.change", target: id, detail: change, now });
  });
}

/** Deletes an annotation; the audit log keeps what it said. Throws AppError not-found. */
export async function deleteAnnotation(id: string, { userName }: Person, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const { rows } = await client.query<{ day: string; kind: string; text: string }>(
      "DELETE FROM annotation WHERE id = $1 RETURNING day::text, kind, text",
      [id],
    );
    const [detail] = rows;
    if (!detail) throw unknown();
    await saveAuditEvent(client, { actor: userName, action: "annotation.delete", target: id, detail, now });
  });
}

const unknown = () => new AppError("not-found", "There is no such annotation any more");
