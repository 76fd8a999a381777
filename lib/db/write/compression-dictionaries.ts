import { setImmediate } from "node:timers/promises";
import type pg from "pg";
import type { SourceName } from "#lib/domain/finding.ts";
import {
  type CompressionDictionary,
  type Dictionaries,
  makeCompressionDictionary,
  makeDictionaryOfMembers,
} from "../compression-dictionary.ts";
import { toDetail, type WithContent } from "./raw-rows.ts";

/** What is made of people's code must be gone when they delete it; a dictionary stays. */
const HOLDS_CODE: Record<SourceName, boolean> = { inspector: false, codeguru: true, sarif: true };

/** So many findings must come together for a dictionary: what it takes is less than what it saves of them. */
const LEAST = { source: 64, vulnerability: 6, resource: 4 } as const;
/** It is made of so many of them, taken evenly. */
const MADE_OF = { source: 64, vulnerability: 12, resource: 4 } as const;

/** What is shorter is not worth a row. */
const LEAST_BYTES = 256;

/** What a source says changes slowly. */
const DAYS_IN_USE = 90;

/** Findings that come together: all of them, those of a vulnerability, or those of a resource. */
type Group = { of: keyof typeof LEAST; id: string | null; some: WithContent[] };
type Draft = Pick<Group, "of" | "id"> & { content: Buffer };
type Newest = CompressionDictionary & { owner_id: string | null; is_old: boolean };

/**
 * The dictionaries to compress with what is told of these findings, all of one source: the newest of the source, of each
 * vulnerability of a package, and of each resource. Where one is older than 90 days, or there is none, one is made of
 * them if they are enough. Two writers at once may make one each: both stay.
 */
export async function findDictionaries(client: pg.ClientBase, told: WithContent[]): Promise<Dictionaries> {
  const [first] = told;
  if (first === undefined || HOLDS_CODE[first.after.source]) return toDictionaries(new Map(), []);
  const groups = toGroups(told);
  const newest = await listNewest(client, first, groups);
  const drafts: Draft[] = [];
  for (const { of, id, some } of groups) {
    if (some.length < LEAST[of] || newest.get(id)?.is_old === false) continue;
    await setImmediate(); // so that many of them keep nobody waiting
    const content = makeContent(of, toEvenly(some, MADE_OF[of]));
    if (content.length >= LEAST_BYTES) drafts.push({ of, id, content });
  }
  const made = await saveDrafts(client, first, drafts);
  return toDictionaries(new Map([...newest, ...made]), groups);
}

function toGroups(told: WithContent[]): Group[] {
  const ofPackages = told.filter(({ after }) => after.type === "package");
  const byVulnerability = Map.groupBy(ofPackages, ({ after }) => after.vulnerability_id);
  const byResource = Map.groupBy(told, ({ after }) => after.resource_id);
  return [
    { of: "source", id: null, some: told },
    ...[...byVulnerability].map(([id, some]) => ({ of: "vulnerability" as const, id, some })),
    ...[...byResource].map(([id, some]) => ({ of: "resource" as const, id, some })),
  ];
}

/** By their owner's id, which no vulnerability shares with a resource: it is made of what it names. */
function toDictionaries(dictionaries: Map<string | null, CompressionDictionary>, groups: Group[]): Dictionaries {
  const those = (kind: Group["of"]) =>
    new Map(
      groups.flatMap(({ of, id }) => {
        const own = of === kind && id !== null ? dictionaries.get(id) : undefined;
        return own && id !== null ? [[id, own] as const] : [];
      }),
    );
  return {
    ofSource: dictionaries.get(null) ?? null,
    ofVulnerability: those("vulnerability"),
    ofResource: those("resource"),
  };
}

async function listNewest(client: pg.ClientBase, { after, now }: WithContent, groups: Group[]) {
  const idsOf = (kind: Group["of"]) => groups.filter(({ of }) => of === kind).map(({ id }) => id);
  const newest = (owner: string) => `
    SELECT d.id, d.content, coalesce(d.vulnerability_id, d.resource_id) AS owner_id,
      d.created_at < $4::timestamptz - make_interval(days => ${DAYS_IN_USE}) AS is_old
    FROM compression_dictionary d WHERE ${owner} AND d.source = $1 AND d.is_sample = $2 ORDER BY d.id DESC LIMIT 1`;
  const { rows } = await client.query<Newest>(
    `(${newest("d.vulnerability_id IS NULL AND d.resource_id IS NULL")})
     UNION ALL SELECT o.* FROM unnest($3::uuid[]) AS n (id)
       CROSS JOIN LATERAL (${newest("d.vulnerability_id = n.id AND d.resource_id IS NULL")}) AS o
     UNION ALL SELECT o.* FROM unnest($5::uuid[]) AS n (id)
       CROSS JOIN LATERAL (${newest("d.vulnerability_id IS NULL AND d.resource_id = n.id")}) AS o`,
    [after.source, after.is_sample, idsOf("vulnerability"), now, idsOf("resource")],
  );
  return new Map(rows.map((row) => [row.owner_id, row]));
}

/** A resource is the same in all its findings; of the others, words are. */
function makeContent(of: Group["of"], some: WithContent[]): Buffer {
  if (of === "resource") return makeDictionaryOfMembers(some.map(({ content }) => content.raw));
  return makeCompressionDictionary(some.map(toText));
}

async function saveDrafts(
  client: pg.ClientBase,
  { after, now }: WithContent,
  drafts: Draft[],
): Promise<Map<string | null, CompressionDictionary>> {
  if (drafts.length === 0) return new Map();
  const idOf = (draft: Draft, kind: Group["of"]) => (draft.of === kind ? draft.id : null);
  const { rows } = await client.query<{ id: number; owner_id: string | null }>(
    `INSERT INTO compression_dictionary (source, is_sample, created_at, vulnerability_id, resource_id, content)
     SELECT $1, $2, $3, n.* FROM unnest($4::uuid[], $5::uuid[], $6::bytea[]) AS n
     RETURNING id, coalesce(vulnerability_id, resource_id) AS owner_id`,
    [
      after.source,
      after.is_sample,
      now,
      drafts.map((draft) => idOf(draft, "vulnerability")),
      drafts.map((draft) => idOf(draft, "resource")),
      drafts.map(({ content }) => content),
    ],
  );
  const contents = new Map(drafts.map(({ id, content }) => [id, content]));
  return new Map(
    rows.map(({ id, owner_id }) => [owner_id, { id, content: contents.get(owner_id) ?? Buffer.alloc(0) }]),
  );
}

function toEvenly(some: WithContent[], most: number): WithContent[] {
  const every = Math.max(1, some.length / most);
  return some.filter((_, at) => Math.floor(at / every) !== Math.floor((at - 1) / every));
}

const toText = ({ content }: WithContent) =>
  `${JSON.stringify(toDetail(content))}${JSON.stringify(content.raw ?? null)}`;
