import { backTestException } from "#lib/db/read/exception-preview.ts";
import { backTestSchema, exceptionDraftSchema } from "#lib/domain/exception.ts";
import { handleCommand } from "#lib/http/handlers.ts";

export const POST = handleCommand(
  "findings:read",
  exceptionDraftSchema,
  (draft, { now }) => backTestException(draft, now),
  {
    output: backTestSchema,
    summary: "What a rule would have hidden of the findings that came in the last 90 days, by severity and by day",
  },
);
