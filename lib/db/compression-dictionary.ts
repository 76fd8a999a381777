import { zstdCompressSync } from "node:zlib";

/** So much of it is read anew for each value that is compressed with it. */
const MOST_BYTES = 8_192;

/** A word that fewer of the texts hold is one's own: an id, a hash, a name. */
const LEAST_TEXTS = 4;

/** What any frame takes, however little is in it. */
const FRAME_BYTES = 64;

/** What values were compressed with, and can be read with alone. */
export type CompressionDictionary = { id: number; content: Buffer };

/**
 * What to compress a finding with: its vulnerability's dictionary, else its source's; and its resource's behind it. Where
 * there is none, without.
 */
export type Dictionaries = {
  ofSource: CompressionDictionary | null;
  ofVulnerability: Map<string, CompressionDictionary>;
  ofResource: Map<string, CompressionDictionary>;
};

/** SQL for what a row `w` of finding_raw was compressed with: both of its dictionaries as one, or null. */
export const DICTIONARY_OF_RAW = `(
  SELECT string_agg(content, ''::bytea ORDER BY id = w.resource_dictionary_id) FROM compression_dictionary
  WHERE id IN (w.dictionary_id, w.resource_dictionary_id))`;

const WORDS = /[\p{L}\p{N}]+/gu;

/**
 * A zstd dictionary (raw content) of what the given texts say alike: their form, and the words that some of them share.
 * What fewer than four of them hold is not in it.
 */
export function makeCompressionDictionary(texts: string[]): Buffer {
  const common = toCommonWords(texts);
  let dictionary = Buffer.alloc(0);
  for (const text of texts) {
    const alike = Buffer.from(text.replace(WORDS, (word) => (common.has(word) ? word : "")));
    if (isNew(alike, dictionary)) dictionary = Buffer.concat([dictionary, alike]);
    if (dictionary.length > MOST_BYTES) break;
  }
  return dictionary.subarray(0, MOST_BYTES);
}

function toCommonWords(texts: string[]): Set<string> {
  const holders = new Map<string, number>();
  for (const text of texts) {
    for (const word of new Set(text.match(WORDS))) holders.set(word, (holders.get(word) ?? 0) + 1);
  }
  return new Set([...holders].filter(([, held]) => held >= LEAST_TEXTS).map(([word]) => word));
}

/** Whether more than a tenth of the text is not in the dictionary already. */
function isNew(text: Buffer, dictionary: Buffer): boolean {
  if (dictionary.length === 0) return true;
  return zstdCompressSync(text, { dictionary }).length > FRAME_BYTES + text.length / 10;
}

/** A zstd dictionary of the members that objects have alike, each with what it holds; of nothing else than objects. */
export function makeDictionaryOfMembers(objects: unknown[]): Buffer {
  const [first, ...others] = objects.map(toMembers);
  if (first === undefined) return Buffer.alloc(0);
  const alike = [...first].filter(([name, json]) => others.every((members) => members.get(name) === json));
  return Buffer.from(alike.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(",")).subarray(0, MOST_BYTES);
}

/** Each member's JSON by its name. */
function toMembers(value: unknown): Map<string, string> {
  if (typeof value !== "object" || value === null) return new Map();
  return new Map(Object.entries(value).map(([name, member]) => [name, `${JSON.stringify(member)}`]));
}
