import { z } from "zod";
import { triageDecisionSchema } from "#lib/domain/triage.ts";
import { handleCommand } from "#lib/http/handlers.ts";
import { undoDecision } from "#lib/usecases/triage-findings.ts";

export const POST = handleCommand(
  "findings:comment",
  z.strictObject({}),
  (_, { params: { id }, caller, now }) => undoDecision(id, caller, now),
  {
    params: z.object({ id: z.uuid() }),
    output: triageDecisionSchema,
    summary: "Undo a decision within ten minutes, except where somebody has decided anew since",
  },
);
