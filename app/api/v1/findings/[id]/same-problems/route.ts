import { z } from "zod";
import { sameProblemDecisionSchema } from "#lib/domain/same-problem.ts";
import { handleCommand } from "#lib/http/handlers.ts";
import { decideSameProblem } from "#lib/usecases/decide-same-problem.ts";

export const POST = handleCommand(
  "findings:triage",
  sameProblemDecisionSchema,
  (decision, { params: { id }, caller, now }) => decideSameProblem(id, decision, caller, now),
  {
    params: z.object({ id: z.uuid() }),
    output: z.void(),
    status: 204,
    summary: "Say that another source's finding is the same problem in code, or another; null takes that back",
  },
);
