import { z } from "zod";
import { defineJob } from "./job.ts";

/** One pass over one connection. `runId` is the sync run that stands for it, queued in the same transaction. */
export const syncConnectionJob = defineJob(
  "sync-connection",
  z.object({ connectionId: z.uuid(), runId: z.uuid() }),
  ({ runId }) => runId,
);
