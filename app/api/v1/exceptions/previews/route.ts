import { previewException } from "#lib/db/read/exception-preview.ts";
import { exceptionDraftSchema, exceptionPreviewSchema } from "#lib/domain/exception.ts";
import { handleCommand } from "#lib/http/handlers.ts";

export const POST = handleCommand(
  "findings:read",
  exceptionDraftSchema,
  (draft, { now }) => previewException(draft, now),
  { output: exceptionPreviewSchema, summary: "What a rule would hide at this moment. Keeps nothing, changes nothing" },
);
