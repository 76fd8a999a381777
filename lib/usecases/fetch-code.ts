import type { ConnectionAccess } from "#lib/db/read/connections.ts";
import { findFindingSource } from "#lib/db/read/finding-source.ts";
import { saveFindingCode } from "#lib/db/write/finding-code.ts";
import { type ObservedSnippet, type Source, SourceError } from "#lib/sources/source.ts";

export type FetchMeans = {
  withSource<T>(access: ConnectionAccess, use: (source: Source) => Promise<T>): Promise<T>;
  signal: AbortSignal;
};

/** What trying again soon may mend. */
const PASSING = new Set(["throttled", "timed-out", "unreachable", "cancelled"]);

/**
 * Gets the code around a finding from its source and keeps it, or the fact that there is none to be had: an
 * administrator does not see its members' code. Throws SourceError when trying again may help.
 */
export async function fetchCode(findingId: string, { withSource, signal }: FetchMeans): Promise<void> {
  const found = await findFindingSource(findingId);
  if (found === null) return;
  const { sourceId, connection } = found;
  const snippet = connection && (await withSource(connection, (source) => observe(source, sourceId, signal)));
  await saveFindingCode(findingId, snippet && { snippet: snippet.lines, suggestedFixes: snippet.suggestedFixes });
}

async function observe(source: Source, sourceId: string, signal: AbortSignal): Promise<ObservedSnippet | null> {
  try {
    const [snippet] = await source.observeSnippets([sourceId], signal);
    return snippet ?? null;
  } catch (error) {
    if (error instanceof SourceError && !PASSING.has(error.failure.code)) return null;
    throw error;
  }
}
