import { saveSampleHidden } from "#lib/db/write/sample-progress.ts";

/** Shows the sample in every list and count, or hides it. Throws AppError not-found where there is none. */
export async function showSample(isShown: boolean, userName: string, now: Date): Promise<void> {
  await saveSampleHidden(!isShown, userName, now);
}
