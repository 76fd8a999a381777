import type { Env } from "#lib/config/env.ts";
import { weeksBetween } from "#lib/domain/sample-progress.ts";
import { observeSampleOrganisation } from "#lib/sources/inspector/sample-organisation.ts";
import { startSample } from "#lib/usecases/start-sample.ts";
import type { Task } from "./register-job.ts";

/** Begins the sample's replay where one is wanted; `again` while the sample does not answer yet. */
export async function beginSample(settings: Env, { signal, logger }: Task): Promise<"again" | "done"> {
  const endpoint = settings.SIGHTLINE_SAMPLE_URL;
  const observe = async () => {
    const { accounts, regions, start, end } = await observeSampleOrganisation(endpoint, signal);
    return { accounts, regions, endsAt: end, weeks: weeksBetween(start, end) };
  };
  try {
    if (await startSample(settings.SIGHTLINE_SAMPLE, observe, new Date())) logger.info("sample begun");
    return "done";
  } catch (error) {
    logger.debug({ err: error }, "the sample does not answer yet");
    return "again";
  }
}
