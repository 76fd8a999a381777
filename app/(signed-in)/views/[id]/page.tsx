import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import { currentPerson } from "#lib/auth/current-person.ts";
import { findSavedView } from "#lib/db/read/saved-views.ts";

/** A view's own address: leads to the list as the view has it now. */
export default async function ViewPage({ params }: { params: Promise<{ id: string }> }) {
  const { personId } = await currentPerson("findings:read");
  const id = z.uuid().safeParse((await params).id);
  const view = id.success ? await findSavedView(id.data, personId) : null;
  if (!view) notFound();
  redirect(`/findings?${view.query}&view=${view.id}`);
}
