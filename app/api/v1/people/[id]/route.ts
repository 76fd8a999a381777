import { z } from "zod";
import { changePerson } from "#lib/auth/people.ts";
import { personChangeSchema } from "#lib/domain/person.ts";
import { handleCommand } from "#lib/http/handlers.ts";

export const PATCH = handleCommand(
  "people:write",
  personChangeSchema,
  (change, { params, caller, now }) => changePerson(params.id, change, { caller, now }),
  {
    params: z.object({ id: z.uuid() }),
    output: z.void(),
    status: 204,
    summary: "Change a role; shut out, let in again",
  },
);
