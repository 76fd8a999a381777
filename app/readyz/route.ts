import { z } from "zod";
import { requireReady } from "#lib/db/read/readiness.ts";
import { handlePublicQuery } from "#lib/http/handlers.ts";

export const GET = handlePublicQuery(
  z.strictObject({}),
  async () => {
    await requireReady();
    return { status: "ready" } as const;
  },
  { output: z.object({ status: z.literal("ready") }), summary: "The database can be reached and is migrated" },
);
