import { z } from "zod";
import { findingWithDetailSchema } from "#lib/domain/finding-page.ts";
import { handleQuery } from "#lib/http/handlers.ts";
import { openFinding } from "#lib/usecases/open-finding.ts";

export const GET = handleQuery("findings:read", z.strictObject({}), (_, { params }) => openFinding(params.id), {
  params: z.object({ id: z.uuid() }),
  output: findingWithDetailSchema,
  summary: "One finding with everything its source said and its history",
});
