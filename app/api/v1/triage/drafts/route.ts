import { newDraftSchema, triageDraftSchema } from "#lib/domain/triage.ts";
import { handleCommand } from "#lib/http/handlers.ts";
import { draftDecision } from "#lib/usecases/triage-findings.ts";

export const POST = handleCommand(
  "findings:comment",
  newDraftSchema,
  (draft, { caller, now }) => draftDecision(draft, caller, now),
  {
    output: triageDraftSchema,
    status: 201,
    summary:
      "Preview a decision about findings by id, or about all that match a filter: what it would change. Keeps the targets for an hour, changes none",
  },
);
