import type { z } from "zod";
import { env } from "#lib/config/env.ts";
import { toFixedFeeds } from "#lib/domain/feed.ts";
import type { importFeedJob } from "#lib/jobs/import-feed.ts";
import { readEpss } from "#lib/sources/feeds/read-epss.ts";
import { readKnownExploits } from "#lib/sources/feeds/read-known-exploits.ts";
import { importFeed } from "#lib/usecases/import-feed.ts";
import type { Task } from "../register-job.ts";

type Payload = z.infer<typeof importFeedJob.payloadSchema>;

export async function handleImportFeed({ name }: Payload, { signal }: Task): Promise<void> {
  await importFeed(name, { readKnownExploits, readEpss, fixed: toFixedFeeds(env()), signal, clock: () => new Date() });
}
