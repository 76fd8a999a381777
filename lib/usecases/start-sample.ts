import { hasOwnConnection } from "#lib/db/read/sample.ts";
import { type SampleOrganisation, startSampleReplay } from "#lib/db/write/sample-progress.ts";

/**
 * Begins the replay of the sample organisation, once in an installation's life: with `auto` only while nobody has
 * connected an account of their own. `observe` asks the sample for itself. Returns whether a replay began.
 */
export async function startSample(
  setting: "auto" | "on" | "off",
  observe: () => Promise<SampleOrganisation>,
  now: Date,
): Promise<boolean> {
  if (setting === "off") return false;
  if (setting === "auto" && (await hasOwnConnection())) return false;
  return await startSampleReplay(await observe(), now);
}
