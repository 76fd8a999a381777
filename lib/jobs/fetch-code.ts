import { z } from "zod";
import { defineJob } from "./job.ts";

/** Gets the code around a finding from its source, since a person opened it. */
export const fetchCodeJob = defineJob("fetch-code", z.object({ findingId: z.uuid() }), ({ findingId }) => findingId);
