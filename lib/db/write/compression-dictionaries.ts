import type pg from "pg";
import type { SourceName } from "#lib/domain/finding.ts";
import { type CompressionDictionary, makeCompressionDictionary } from "../compression-dictionary.ts";
import { toDetail, type WithContent } from "./raw-rows.ts";

/** What is made of people's code must be gone when they delete it; a dictionary stays. */
const HOLDS_CODE: Record<SourceName, boolean> = { inspector: false, codeguru: true, sarif: true };

/** A dictionary is made of so many findings, taken evenly from those that come together. */
const MADE_OF = 64;

/** What a source says changes slowly. */
const DAYS_IN_USE = 90;

/**
 * The dictionary to compress with what is told of these findings, all of one source: the source's newest. Where that is
 * older than 90 days, or there is none, one is made of them if they are enough; null = none. Two writers at once may
 * make one each: both stay.
 */
export async function findCompressionDictionary(
  client: pg.ClientBase,
  told: WithContent[],
): Promise<CompressionDictionary | null> {
  const [first] = told;
  if (first === undefined || HOLDS_CODE[first.after.source]) return null;
  const { source, is_sample: isSample } = first.after;
  const { rows } = await client.query<CompressionDictionary & { is_old: boolean }>(
    `SELECT id, content, created_at < $3::timestamptz - make_interval(days => $4) AS is_old FROM compression_dictionary
     WHERE source = $1 AND is_sample = $2 ORDER BY id DESC LIMIT 1`,
    [source, isSample, first.now, DAYS_IN_USE],
  );
  const [newest = null] = rows;
  if (told.length < MADE_OF || newest?.is_old === false) return newest;
  const content = makeCompressionDictionary(toTexts(told));
  const { rows: made } = await client.query<{ id: number }>(
    "INSERT INTO compression_dictionary (source, is_sample, content, created_at) VALUES ($1, $2, $3, $4) RETURNING id",
    [source, isSample, content, first.now],
  );
  return made[0] ? { id: made[0].id, content } : newest;
}

function toTexts(told: WithContent[]): string[] {
  const every = told.length / MADE_OF;
  const chosen = Array.from({ length: MADE_OF }, (_, at) => told[Math.floor(at * every)]);
  return chosen.flatMap((one) =>
    one === undefined ? [] : [`${JSON.stringify(toDetail(one.content))}${JSON.stringify(one.content.raw ?? null)}`],
  );
}
