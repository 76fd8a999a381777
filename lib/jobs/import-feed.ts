import { z } from "zod";
import { feedNameSchema } from "#lib/domain/feed.ts";
import { defineJob } from "./job.ts";

/** Imports a public list about vulnerabilities; one that is off is taken back. */
export const importFeedJob = defineJob("import-feed", z.object({ name: feedNameSchema }), ({ name }) => name);
