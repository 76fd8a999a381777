import { z } from "zod";
import { defineJob } from "./job.ts";

/** Carries changed rules of teams and policies out over everything that is stored. */
export const applyRulesJob = defineJob("apply-rules", z.object({}), () => "all");
