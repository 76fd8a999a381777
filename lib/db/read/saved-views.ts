import type { SavedView } from "#lib/domain/saved-view.ts";
import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";

/** A person's own views and those shared with everyone, by name. */
export function listSavedViews(personId: string): Promise<SavedView[]> {
  return selectViews(personId, Prisma.sql`true`, Prisma.sql`lower(v.name), v.id`);
}

/** One of them; null for what the person cannot see. */
export async function findSavedView(id: string, personId: string): Promise<SavedView | null> {
  const [view] = await selectViews(personId, Prisma.sql`v.id = ${id}::uuid`, Prisma.sql`v.id`);
  return view ?? null;
}

/** The view that the person's list opens with; null when they chose none, or may no longer see it. */
export async function findDefaultView(personId: string): Promise<SavedView | null> {
  const [view] = await selectViews(personId, Prisma.sql`v.id = me.default_view_id`, Prisma.sql`v.id`);
  return view ?? null;
}

function selectViews(personId: string, condition: Prisma.Sql, order: Prisma.Sql): Promise<SavedView[]> {
  return ask<SavedView>(Prisma.sql`
    SELECT v.id, v.name, v.query, v.is_shared AS "isShared", v.owner_id = me.id AS "isOwn", o.user_name AS owner,
      v.id IS NOT DISTINCT FROM me.default_view_id AS "isDefault",
      to_char(s.opened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "openedAt"
    FROM person me CROSS JOIN saved_view v JOIN person o ON o.id = v.owner_id
    LEFT JOIN view_visit s ON s.view_id = v.id AND s.person_id = me.id
    WHERE me.id = ${personId}::uuid AND (v.is_shared OR v.owner_id = me.id) AND ${condition} ORDER BY ${order}`);
}
