import { z } from "zod";
import { listExpiring } from "#lib/db/read/expiring.ts";
import { expiringSchema } from "#lib/domain/exception.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery("findings:read", z.strictObject({}), (_, { now }) => listExpiring(now), {
  output: expiringSchema,
  summary: "Rules and decisions whose suppressions end in the next 14 days, with who looks after them; the next first",
});
