import { z } from "zod";
import { listSyncRuns } from "#lib/db/read/sync.ts";
import { syncRequestSchema, syncRunFilterSchema, syncRunPageSchema, syncRunSchema } from "#lib/domain/sync-run.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { requestSync } from "#lib/usecases/request-sync.ts";

export const GET = handleQuery("connections:read", syncRunFilterSchema, listSyncRuns, {
  output: syncRunPageSchema,
  summary: "Passes over the connections, newest first",
});

export const POST = handleCommand(
  "sync:run",
  syncRequestSchema,
  async (request, { caller, now }) => ({ items: await requestSync(request, caller.personId, now) }),
  {
    status: 202,
    output: z.object({ items: z.array(syncRunSchema) }),
    summary: "Sync one connection, or all of them; answers with the runs to follow",
  },
);
