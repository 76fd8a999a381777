import { z } from "zod";
import type { Annotation, Annotations, AnnotationsQuery } from "#lib/domain/annotation.ts";
import { daySchema } from "#lib/domain/day-schema.ts";
import { Prisma } from "../generated/client.ts";
import { readListCursor, toListCursor } from "./list-cursor.ts";
import { ask } from "./prepared.ts";

type Row = Annotation & { key: string };

const cursorSchema = z.tuple([daySchema, z.string().max(64)]);

const NOTED = Prisma.sql`
  SELECT id::text AS key, id, day, kind, text, link, created_by FROM annotation`;
/** What was granted, however often it was changed since; what was never approved is none. */
const EXCEPTIONS = Prisma.sql`
  SELECT r.id::text || kind_of.suffix AS key, NULL::uuid AS id, (kind_of.at AT TIME ZONE 'UTC')::date AS day,
    'exception' AS kind, left(kind_of.word || regexp_replace(v.reason, '\\s+', ' ', 'g'), 120) AS text, NULL AS link,
    (SELECT user_name FROM person WHERE id = kind_of.person_id) AS created_by
  FROM exception_rule r JOIN exception_version v ON v.rule_id = r.id AND v.number = r.live
  CROSS JOIN LATERAL (
    (SELECT ' granted' AS suffix, coalesce(decided_at, made_at) AS at, 'Granted: ' AS word, made_by AS person_id
     FROM exception_version
     WHERE rule_id = r.id AND number <= r.live AND decision IS DISTINCT FROM 'declined' ORDER BY number LIMIT 1)
    UNION ALL SELECT ' ended', r.ended_at, 'Ended: ', r.ended_by WHERE r.ended_at IS NOT NULL
  ) AS kind_of`;

/** One page of what happened on these days, the latest day first: noted by people, and exceptions by themselves. */
export async function listAnnotations({ from, to, limit, cursor }: AnnotationsQuery): Promise<Annotations> {
  const [afterDay, afterKey] = cursor ? readListCursor(cursor, cursorSchema) : [null, null];
  const rows = await ask<Row>(Prisma.sql`
    SELECT key, id, day::text AS day, kind, text, link, created_by AS "createdBy"
    FROM (${NOTED} UNION ALL ${EXCEPTIONS}) AS noted
    WHERE (${from ?? null}::date IS NULL OR day >= ${from ?? null}::date)
      AND (${to ?? null}::date IS NULL OR day <= ${to ?? null}::date)
      AND (${afterDay}::date IS NULL OR (day, key) < (${afterDay}::date, ${afterKey}))
    ORDER BY noted.day DESC, key DESC LIMIT ${limit + 1}`); // one more tells of a next page
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(({ key: _, ...annotation }) => annotation),
    nextCursor: last && rows.length > limit ? toCursor(last) : null,
  };
}

function toCursor({ day, key }: Row): string {
  return toListCursor([day, key]);
}
