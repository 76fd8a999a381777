import { listExceptions } from "#lib/db/read/exceptions.ts";
import {
  exceptionDetailSchema,
  exceptionsFilterSchema,
  exceptionsSchema,
  newExceptionSchema,
} from "#lib/domain/exception.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { makeException } from "#lib/usecases/make-exception.ts";

export const GET = handleQuery(
  "findings:read",
  exceptionsFilterSchema,
  (filter, { now }) => listExceptions(filter, now),
  { output: exceptionsSchema, summary: "Exceptions that are rules, newest first, with what each holds" },
);

export const POST = handleCommand(
  "findings:triage",
  newExceptionSchema,
  (wanted, { caller, now }) => makeException(wanted, caller, now),
  {
    output: exceptionDetailSchema,
    status: 201,
    summary:
      "Make a rule of a filter: what matches is suppressed from now on, what is there by the worker. May wait for a second person",
  },
);
