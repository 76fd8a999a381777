import { z } from "zod";
import { exceptionDetailSchema, exceptionEndSchema } from "#lib/domain/exception.ts";
import { handleCommand } from "#lib/http/handlers.ts";
import { letExceptionGo } from "#lib/usecases/make-exception.ts";

export const POST = handleCommand(
  "findings:triage",
  exceptionEndSchema,
  ({ reason }, { params: { id }, caller, now }) => letExceptionGo(id, reason, caller, now),
  {
    params: z.object({ id: z.uuid() }),
    output: exceptionDetailSchema,
    summary: "End a rule: the worker makes active again what only it held",
  },
);
