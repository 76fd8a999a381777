import { z } from "zod";
import { listHeldCloses } from "#lib/db/read/sync.ts";
import { heldClosesSchema } from "#lib/domain/sync-run.ts";
import { handleQuery } from "#lib/http/handlers.ts";

export const GET = handleQuery("connections:read", z.strictObject({}), listHeldCloses, {
  output: heldClosesSchema,
  summary: "Mass closes that wait for a person, then those decided",
});
