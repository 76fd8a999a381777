import { getSampleProgress, hasOwnConnection } from "#lib/db/read/sample.ts";
import { requeueSample, type SampleOrganisation, startSampleReplay } from "#lib/db/write/sample-progress.ts";

/**
 * Begins the replay of the sample organisation, once in an installation's life: with `auto` only while nobody has
 * connected an account of their own. A replay or removal that was begun goes on. `observe` asks the sample for itself.
 * Returns whether a replay began.
 */
export async function startSample(
  setting: "auto" | "on" | "off",
  observe: () => Promise<SampleOrganisation>,
  now: Date,
): Promise<boolean> {
  const progress = await getSampleProgress();
  if (progress !== null) {
    await requeueSample(progress.state);
    return false;
  }
  if (setting === "off") return false;
  if (setting === "auto" && (await hasOwnConnection())) return false;
  return await startSampleReplay(await observe(), now);
}
