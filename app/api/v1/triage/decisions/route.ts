import { listDecisions } from "#lib/db/read/triage-decisions.ts";
import {
  decisionFilterSchema,
  newDecisionSchema,
  triageDecisionSchema,
  triageDecisionsSchema,
} from "#lib/domain/triage.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { decide } from "#lib/usecases/triage-findings.ts";

export const GET = handleQuery("findings:read", decisionFilterSchema, (filter, { now }) => listDecisions(filter, now), {
  output: triageDecisionsSchema,
  summary: "Decisions about findings, newest first",
});

export const POST = handleCommand(
  "findings:comment",
  newDecisionSchema,
  (decision, { caller, now }) => decide(decision, caller, now),
  {
    output: triageDecisionSchema,
    status: 201,
    summary:
      "Carry out a draft: assign, comment; with findings:triage also due, severity, suppress, unsuppress. More than 1,000 findings are decided by the worker",
  },
);
