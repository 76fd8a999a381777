import { setImmediate } from "node:timers/promises";
import type pg from "pg";
import type { SourceName } from "#lib/domain/finding.ts";
import { type CompressionDictionary, type Dictionaries, makeCompressionDictionary } from "../compression-dictionary.ts";
import { toDetail, type WithContent } from "./raw-rows.ts";

/** What is made of people's code must be gone when they delete it; a dictionary stays. */
const HOLDS_CODE: Record<SourceName, boolean> = { inspector: false, codeguru: true, sarif: true };

/** A dictionary is made of so many findings, taken evenly from those that come together. */
const MADE_OF = 64;

/** Of one vulnerability, where so many come together: what it takes is less than what it saves of them. */
const LEAST_OF_VULNERABILITY = 6;
const MADE_OF_VULNERABILITY = 12;

/** What a source says changes slowly. */
const DAYS_IN_USE = 90;

type Newest = CompressionDictionary & { vulnerability_id: string | null; is_old: boolean };

/**
 * The dictionaries to compress with what is told of these findings, all of one source: the newest of the source, and of
 * each vulnerability of a package. Where one is older than 90 days, or there is none, one is made of them if they are
 * enough. Two writers at once may make one each: both stay.
 */
export async function findDictionaries(client: pg.ClientBase, told: WithContent[]): Promise<Dictionaries> {
  const [first] = told;
  if (first === undefined || HOLDS_CODE[first.after.source]) return { ofSource: null, ofVulnerability: new Map() };
  const byVulnerability = Map.groupBy(
    told.filter(({ after }) => after.type === "package"),
    ({ after }) => after.vulnerability_id,
  );
  const newest = await listNewest(client, first, [...byVulnerability.keys()]);
  const find = async (vulnerabilityId: string | null, some: WithContent[], of: { least: number; most: number }) => {
    const known = newest.get(vulnerabilityId) ?? null;
    if (some.length < of.least || known?.is_old === false) return known;
    await setImmediate(); // so that many of them keep nobody waiting
    return await make(client, vulnerabilityId, toEvenly(some, of.most));
  };
  const ofSource = await find(null, told, { least: MADE_OF, most: MADE_OF });
  const ofVulnerability: Dictionaries["ofVulnerability"] = new Map();
  for (const [id, some] of byVulnerability) {
    const own = await find(id, some, { least: LEAST_OF_VULNERABILITY, most: MADE_OF_VULNERABILITY });
    if (own) ofVulnerability.set(id, own);
  }
  return { ofSource, ofVulnerability };
}

async function listNewest(client: pg.ClientBase, { after, now }: WithContent, vulnerabilityIds: string[]) {
  const { rows } = await client.query<Newest>(
    `SELECT DISTINCT ON (vulnerability_id) id, content, vulnerability_id,
       created_at < $4::timestamptz - make_interval(days => $5) AS is_old
     FROM compression_dictionary
     WHERE source = $1 AND is_sample = $2 AND (vulnerability_id IS NULL OR vulnerability_id = ANY($3::uuid[]))
     ORDER BY vulnerability_id, id DESC`,
    [after.source, after.is_sample, vulnerabilityIds, now, DAYS_IN_USE],
  );
  return new Map(rows.map((row) => [row.vulnerability_id, row]));
}

async function make(
  client: pg.ClientBase,
  vulnerabilityId: string | null,
  some: WithContent[],
): Promise<CompressionDictionary | null> {
  const [first] = some;
  if (!first) return null;
  const content = makeCompressionDictionary(some.map(toText));
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO compression_dictionary (source, is_sample, vulnerability_id, content, created_at)
     VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [first.after.source, first.after.is_sample, vulnerabilityId, content, first.now],
  );
  return rows[0] ? { id: rows[0].id, content } : null;
}

function toEvenly(some: WithContent[], most: number): WithContent[] {
  const every = Math.max(1, some.length / most);
  return some.filter((_, at) => Math.floor(at / every) !== Math.floor((at - 1) / every));
}

const toText = ({ content }: WithContent) =>
  `${JSON.stringify(toDetail(content))}${JSON.stringify(content.raw ?? null)}`;
