import { z } from "zod";
import { getPolicy } from "#lib/db/read/sla-policy.ts";
import { newPolicySchema, policySchema } from "#lib/domain/sla.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { changePolicy } from "#lib/usecases/sla.ts";

export const GET = handleQuery("findings:read", z.strictObject({}), getPolicy, {
  output: policySchema,
  summary: "Every version of the policy, the one in force first",
});

export const PUT = handleCommand(
  "sla:write",
  newPolicySchema,
  (policy, { caller, now }) => changePolicy(policy, caller, now),
  { output: z.object({ number: z.number().int() }), summary: "Put a new version of the policy in force, from now on" },
);
