import { z } from "zod";
import { getException } from "#lib/db/read/exceptions.ts";
import { exceptionChangeSchema, exceptionDetailSchema } from "#lib/domain/exception.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { changeException } from "#lib/usecases/make-exception.ts";

const params = z.object({ id: z.uuid() });

export const GET = handleQuery(
  "findings:read",
  z.strictObject({}),
  (_, { params: { id }, now }) => getException(id, now),
  { params, output: exceptionDetailSchema, summary: "One rule, with every version of it" },
);

export const PATCH = handleCommand(
  "findings:triage",
  exceptionChangeSchema,
  (change, { params: { id }, caller, now }) => changeException(id, change, caller, now),
  {
    params,
    output: exceptionDetailSchema,
    summary: "Change or renew a rule: a new version, refused when another was made since the one that was looked at",
  },
);
