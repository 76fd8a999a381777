import { fetchCodeJob } from "#lib/jobs/fetch-code.ts";
import { database } from "../database.ts";

/** Asks the worker for the code around a finding; one job at a time, however often it is asked for. */
export async function queueFetchCode(findingId: string): Promise<void> {
  await fetchCodeJob.send(database().pool, { findingId });
}
