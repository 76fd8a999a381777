import { z } from "zod";
import { listSourceRules } from "#lib/db/read/source-rules.ts";
import { sourceRulesSchema } from "#lib/domain/source-rule.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery("findings:read", z.strictObject({}), listSourceRules, {
  output: sourceRulesSchema,
  summary: "The rules by which Amazon Inspector suppresses for itself, and the connections whose rules cannot be read",
});
