import type { ClientBase } from "pg";
import { AppError } from "#lib/domain/errors.ts";
import type { NewView, ViewChange } from "#lib/domain/saved-view.ts";
import { inTransaction } from "../database.ts";
import { newId } from "../identity.ts";
import { saveAuditEvent } from "./audit-event.ts";

type Person = { personId: string; userName: string };

const MOST_VIEWS = 200;

/** Saves a list under a name. Returns its id. Throws AppError conflict for a name that the person has already. */
export async function saveView(view: NewView, { personId, userName }: Person, now: Date): Promise<string> {
  const id = newId();
  await inTransaction(async (client) => {
    await client.query("SELECT FROM person WHERE id = $1 FOR NO KEY UPDATE", [personId]);
    const { rowCount } = await client.query("SELECT FROM saved_view WHERE owner_id = $1", [personId]);
    if ((rowCount ?? 0) >= MOST_VIEWS)
      throw new AppError("conflict", `You have ${MOST_VIEWS} views: delete one first.`);
    await refuseName(client, view.name, { id, personId });
    await client.query(
      `INSERT INTO saved_view (id, owner_id, name, query, is_shared, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $6)`,
      [id, personId, view.name, view.query, view.isShared, now],
    );
    const detail = { name: view.name, isShared: view.isShared };
    await saveAuditEvent(client, { actor: userName, action: "view.create", target: id, detail, now });
  });
  return id;
}

/**
 * Changes a view, or whether it is the person's default. Throws AppError: not-found for what they cannot see, forbidden
 * for what is not theirs to change, conflict for a name that they have already.
 */
export async function saveViewChange(id: string, change: ViewChange, person: Person, now: Date): Promise<void> {
  const { isDefault, ...own } = change;
  await inTransaction(async (client) => {
    const view = await lockView(client, id, person);
    if (isDefault !== undefined) await saveDefault(client, id, isDefault, person);
    if (Object.keys(own).length === 0) return;
    requireOwner(view, person);
    if (own.name !== undefined) await refuseName(client, own.name, { id, personId: person.personId });
    await client.query(
      `UPDATE saved_view SET name = coalesce($2, name), query = coalesce($3, query),
         is_shared = coalesce($4, is_shared), updated_at = $5 WHERE id = $1`,
      [id, own.name ?? null, own.query ?? null, own.isShared ?? null, now],
    );
    await saveAuditEvent(client, { actor: person.userName, action: "view.change", target: id, detail: own, now });
  });
}

/** Deletes a view; whose list opened with it has no default any more. Throws AppError not-found or forbidden. */
export async function deleteView(id: string, person: Person, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const view = await lockView(client, id, person);
    requireOwner(view, person);
    await client.query("UPDATE person SET default_view_id = NULL WHERE default_view_id = $1", [id]);
    await client.query("DELETE FROM saved_view WHERE id = $1", [id]);
    const detail = { name: view.name };
    await saveAuditEvent(client, { actor: person.userName, action: "view.delete", target: id, detail, now });
  });
}

/** Notes that a person opened a view. What they cannot see is not noted. */
export async function saveViewVisit(id: string, { personId }: Person, now: Date): Promise<void> {
  await inTransaction((client) =>
    client.query(
      `INSERT INTO view_visit AS s (person_id, view_id, opened_at)
       SELECT $2, id, $3 FROM saved_view WHERE id = $1 AND (is_shared OR owner_id = $2)
       ON CONFLICT (person_id, view_id) DO UPDATE SET opened_at = greatest(s.opened_at, EXCLUDED.opened_at)`,
      [id, personId, now],
    ),
  );
}

type ViewRow = { name: string; owner_id: string };

async function lockView(client: ClientBase, id: string, { personId }: Person): Promise<ViewRow> {
  const { rows } = await client.query<ViewRow>(
    "SELECT name, owner_id FROM saved_view WHERE id = $1 AND (is_shared OR owner_id = $2) FOR UPDATE",
    [id, personId],
  );
  const [view] = rows;
  if (!view) throw new AppError("not-found", "There is no such view, or it is not shared with you");
  return view;
}

function requireOwner(view: ViewRow, { personId }: Person): void {
  if (view.owner_id !== personId)
    throw new AppError("forbidden", "Only its owner changes a view. Save it under a name of your own instead.");
}

async function refuseName(client: ClientBase, name: string, view: { id: string; personId: string }): Promise<void> {
  const { rowCount } = await client.query("SELECT FROM saved_view WHERE owner_id = $1 AND name = $2 AND id <> $3", [
    view.personId,
    name,
    view.id,
  ]);
  if (rowCount === 0) return;
  const message = "You have a view of this name already. Choose another name, or change that view.";
  throw new AppError("conflict", message, { faults: [{ field: "name", message }] });
}

async function saveDefault(client: ClientBase, id: string, isDefault: boolean, { personId }: Person): Promise<void> {
  await client.query(
    isDefault
      ? "UPDATE person SET default_view_id = $1 WHERE id = $2"
      : "UPDATE person SET default_view_id = NULL WHERE default_view_id = $1 AND id = $2",
    [id, personId],
  );
}
