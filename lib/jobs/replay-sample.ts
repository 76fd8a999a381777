import { z } from "zod";
import { defineJob } from "./job.ts";

/** Syncs the sample organisation's year in order of time, from where it stands. */
export const replaySampleJob = defineJob("replay-sample", z.object({}), () => "sample");
