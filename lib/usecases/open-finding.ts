import { getFinding } from "#lib/db/read/get-finding.ts";
import { queueFetchCode } from "#lib/db/write/queued-fetch-code.ts";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";

/**
 * A finding with everything known of it. Code that its source has not been asked for yet is asked for now, once: the
 * page sees it come. Throws AppError not-found.
 */
export async function openFinding(id: string): Promise<FindingWithDetail> {
  const finding = await getFinding(id);
  if (finding.codeState === "loading") await queueFetchCode(id);
  return finding;
}
