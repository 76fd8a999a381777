import { findSavedView } from "#lib/db/read/saved-views.ts";
import { deleteView, saveView, saveViewChange, saveViewVisit } from "#lib/db/write/saved-views.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { NewView, SavedView, ViewChange } from "#lib/domain/saved-view.ts";

type Person = { personId: string; userName: string };

/** Keeps a list under a name. Throws AppError conflict for a name that the person has already. */
export async function createView(view: NewView, person: Person, now: Date): Promise<SavedView> {
  return await viewOf(await saveView(view, person, now), person);
}

/** Changes one's own view, or one's default. Throws AppError not-found, forbidden or conflict. */
export async function changeView(id: string, change: ViewChange, person: Person, now: Date): Promise<SavedView> {
  await saveViewChange(id, change, person, now);
  return await viewOf(id, person);
}

/** Deletes one's own view. Throws AppError not-found or forbidden. */
export async function removeView(id: string, person: Person, now: Date): Promise<void> {
  await deleteView(id, person, now);
}

/** Notes that a person opened a view, for the list of recent ones. */
export async function noteViewVisit(id: string, person: Person, now: Date): Promise<void> {
  await saveViewVisit(id, person, now);
}

async function viewOf(id: string, { personId }: Person): Promise<SavedView> {
  const view = await findSavedView(id, personId);
  if (!view) throw new AppError("not-found", "There is no such view any more");
  return view;
}
