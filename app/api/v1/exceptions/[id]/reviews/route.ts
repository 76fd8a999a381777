import { z } from "zod";
import { exceptionDetailSchema, reviewSchema } from "#lib/domain/exception.ts";
import { handleCommand } from "#lib/http/handlers.ts";
import { reviewException } from "#lib/usecases/make-exception.ts";

export const POST = handleCommand(
  "findings:triage",
  reviewSchema,
  (review, { params: { id }, caller, now }) => reviewException(id, review, caller, now),
  {
    params: z.object({ id: z.uuid() }),
    output: exceptionDetailSchema,
    status: 201,
    summary: "Approve or decline, as a second person, what a rule would hide of critical and known-exploited findings",
  },
);
