import { z } from "zod";
import { getExceptionPolicy } from "#lib/db/read/exception-policy.ts";
import { exceptionPolicySchema } from "#lib/domain/exception.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { changeExceptionPolicy } from "#lib/usecases/change-exception-policy.ts";

export const GET = handleQuery("findings:read", z.strictObject({}), () => getExceptionPolicy(), {
  output: exceptionPolicySchema,
  summary: "How exceptions are made here",
});

export const PUT = handleCommand(
  "settings:write",
  exceptionPolicySchema,
  (policy, { caller, now }) => changeExceptionPolicy(policy, caller, now),
  {
    output: exceptionPolicySchema,
    summary: "Ask for a second person where critical or known-exploited findings are suppressed",
  },
);
