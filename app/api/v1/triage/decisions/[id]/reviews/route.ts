import { z } from "zod";
import { reviewSchema } from "#lib/domain/exception.ts";
import { triageDecisionSchema } from "#lib/domain/triage.ts";
import { handleCommand } from "#lib/http/handlers.ts";
import { reviewDecision } from "#lib/usecases/triage-findings.ts";

export const POST = handleCommand(
  "findings:triage",
  reviewSchema,
  (review, { params: { id }, caller, now }) => reviewDecision(id, review, caller, now),
  {
    params: z.object({ id: z.uuid() }),
    output: triageDecisionSchema,
    status: 201,
    summary: "Approve or decline, as a second person, a suppression of critical or known-exploited findings",
  },
);
