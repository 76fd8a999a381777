import { z } from "zod";
import { listSavedViews } from "#lib/db/read/saved-views.ts";
import { newViewSchema, savedViewSchema, savedViewsSchema } from "#lib/domain/saved-view.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { createView } from "#lib/usecases/saved-views.ts";

export const GET = handleQuery(
  "findings:read",
  z.strictObject({}),
  async (_, { caller }) => ({ items: await listSavedViews(caller.personId) }),
  { output: savedViewsSchema, summary: "One's own views of the list and the shared ones, by name" },
);

export const POST = handleCommand(
  "views:write",
  newViewSchema,
  (view, { caller, now }) => createView(view, caller, now),
  {
    output: savedViewSchema,
    status: 201,
    summary: "Keep a list of findings under a name",
  },
);
