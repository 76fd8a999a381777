import { z } from "zod";
import { handleCommand } from "#lib/http/handlers.ts";
import { noteVisit } from "#lib/usecases/note-visit.ts";

export const POST = handleCommand("session:own", z.strictObject({}), (_, { caller }) => noteVisit(caller.personId), {
  output: z.void(),
  status: 204,
  summary: "Notes that one looks at the overview now: an hour without a look ends a visit",
});
