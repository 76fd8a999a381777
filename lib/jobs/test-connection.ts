import { z } from "zod";
import { defineJob } from "./job.ts";

/** Tries what a connection may do; the result is a row that the page follows. */
export const testConnectionJob = defineJob(
  "test-connection",
  z.object({ connectionId: z.uuid() }),
  ({ connectionId }) => connectionId,
);
