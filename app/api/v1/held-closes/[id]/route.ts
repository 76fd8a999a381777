import { z } from "zod";
import { heldCloseDecisionSchema } from "#lib/domain/sync-run.ts";
import { handleCommand } from "#lib/http/handlers.ts";
import { requestHeldCloseDecision } from "#lib/usecases/decide-held-close.ts";

export const POST = handleCommand(
  "findings:triage",
  heldCloseDecisionSchema,
  (decision, { params: { id }, caller, now }) => requestHeldCloseDecision(id, decision, caller, now),
  {
    params: z.object({ id: z.uuid() }),
    output: z.void(),
    status: 202,
    summary: "Confirm a mass close, or reject it; the worker carries it out",
  },
);
