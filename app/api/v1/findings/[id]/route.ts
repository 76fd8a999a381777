import { z } from "zod";
import { getFinding } from "#lib/db/read/get-finding.ts";
import { findingWithDetailSchema } from "#lib/domain/finding-page.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery("findings:read", z.strictObject({}), (_, { params }) => getFinding(params.id), {
  params: z.object({ id: z.uuid() }),
  output: findingWithDetailSchema,
  summary: "One finding with everything its source said and its history",
});
