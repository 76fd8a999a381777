import { saveEpssScores } from "#lib/db/write/epss-scores.ts";
import {
  type FeedImport,
  failFeedImport,
  finishFeedImport,
  type ImportedFeed,
  startFeedImport,
} from "#lib/db/write/feeds.ts";
import { rankKnownExploits, saveKnownExploits } from "#lib/db/write/known-exploits.ts";
import {
  type EpssScore,
  type FeedName,
  type FixedFeeds,
  type KnownExploit,
  PUBLISHED_AT,
  type ReadFeed,
} from "#lib/domain/feed.ts";
import { SourceError } from "#lib/sources/source.ts";

type Reader<Entry> = (location: string, signal: AbortSignal) => Promise<ReadFeed<Entry>>;

/** How each list is read, and what the environment says of them. Reading throws SourceError. */
export type FeedImportOptions = {
  readKnownExploits: Reader<KnownExploit>;
  readEpss: Reader<EpssScore>;
  fixed: FixedFeeds;
  signal: AbortSignal;
  clock: () => Date;
};

/**
 * Brings an imported list up to date, with what follows from it; one that is off is taken back, so that what sources say
 * counts again. What the outside does wrong is recorded, and nothing is changed then: neither an older list, nor one
 * that has lost half of its entries, replaces the imported one. The same list again writes nothing. Broken off, it can
 * be called again and goes on.
 */
export async function importFeed(name: FeedName, options: FeedImportOptions): Promise<void> {
  const { readKnownExploits: read, readEpss, signal, clock } = options;
  if (name === "epss") return await runImport(name, { read: readEpss, save: saveEpssScores }, options);
  const save = async (entries: KnownExploit[]) => {
    const saved = await saveKnownExploits(entries);
    return { ...saved, findings: await rankKnownExploits(clock(), signal) };
  };
  return await runImport(name, { read, save }, options);
}

type List<Entry> = {
  read: Reader<Entry>;
  save: (entries: Entry[]) => Promise<{ added: number; removed: number; findings?: number }>;
};

async function runImport<Entry>(name: FeedName, list: List<Entry>, options: FeedImportOptions): Promise<void> {
  const { fixed, signal, clock } = options;
  const imported = await startFeedImport(name);
  try {
    const location = fixed[name]?.location ?? (imported.isOn ? (imported.location ?? PUBLISHED_AT[name]) : null);
    await finishFeedImport(
      name,
      await carryOut(list, location === null ? null : { location, signal }, imported),
      clock(),
    );
  } catch (error) {
    if (signal.aborted) throw error; // the job comes again
    const failure = error instanceof SourceError ? error.failure : OUR_FAULT;
    await failFeedImport(name, failure, clock());
    if (failure === OUR_FAULT) throw error;
  }
}

/** `place: null` takes the list back. */
async function carryOut<Entry>(
  { read, save }: List<Entry>,
  place: { location: string; signal: AbortSignal } | null,
  imported: ImportedFeed,
): Promise<FeedImport> {
  if (place === null) return { list: null, findings: 0, ...(await save([])) };
  const list = await read(place.location, place.signal);
  // A list of another place has a date and a length of its own.
  if (imported.importedFrom === place.location) refuseDoubtful(list, imported);
  const saved = imported.digest?.equals(list.digest) ? NOTHING : await save(list.entries);
  return { list: { ...list, location: place.location, entries: list.entries.length }, findings: 0, ...saved };
}

const NOTHING = { added: 0, removed: 0 };
const OUR_FAULT = {
  code: "internal" as const,
  message: "The import met a fault of Sightline's own; the worker's log has it.",
  permission: null,
};

/** A mirror that lags, or a list that was cut, must not take back what is known. */
function refuseDoubtful({ publishedAt, entries }: ReadFeed<unknown>, imported: ImportedFeed): void {
  if (imported.publishedAt && publishedAt < imported.publishedAt) {
    throw doubtful(
      `The list there is of ${toDay(publishedAt)}, older than the imported one of ${toDay(imported.publishedAt)}.`,
    );
  }
  if (entries.length * 2 < imported.entries) {
    throw doubtful(
      `The list there has ${entries.length} entries, where the imported one has ${imported.entries}. To take it all the same, turn the import off and on again.`,
    );
  }
}

const toDay = (at: Date): string => at.toISOString().slice(0, 10);

function doubtful(message: string): SourceError {
  return new SourceError({ code: "bad-answer", message: `${message} Nothing was changed.`, permission: null });
}
