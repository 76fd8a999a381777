import { z } from "zod";
import { getDecision } from "#lib/db/read/triage-decisions.ts";
import { triageDecisionSchema } from "#lib/domain/triage.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery(
  "findings:read",
  z.strictObject({}),
  (_, { params: { id }, now }) => getDecision(id, now),
  {
    params: z.object({ id: z.uuid() }),
    output: triageDecisionSchema,
    summary: "One decision, with how far it has come",
  },
);
