import { z } from "zod";
import { defineJob } from "./job.ts";

/** Deletes everything that the sample organisation reported. */
export const removeSampleJob = defineJob("remove-sample", z.object({}), () => "sample");
