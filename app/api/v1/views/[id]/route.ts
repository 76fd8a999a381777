import { z } from "zod";
import { savedViewSchema, viewChangeSchema } from "#lib/domain/saved-view.ts";
import { handleCommand } from "#lib/http/handlers.ts";
import { changeView, removeView } from "#lib/usecases/saved-views.ts";

const params = z.object({ id: z.uuid() });

export const PATCH = handleCommand(
  "views:write",
  viewChangeSchema,
  (change, { params: { id }, caller, now }) => changeView(id, change, caller, now),
  { params, output: savedViewSchema, summary: "Change one's own view, or make one that one sees one's default" },
);

export const DELETE = handleCommand(
  "views:write",
  z.strictObject({}),
  (_, { params: { id }, caller, now }) => removeView(id, caller, now),
  { params, output: z.void(), status: 204, summary: "Delete one's own view" },
);
