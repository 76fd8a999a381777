import { hash } from "node:crypto";
import type pg from "pg";
import { TELLS_TIMES } from "#lib/domain/finding.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { database } from "../database.ts";
import { packageId } from "../identity.ts";
import { listedEpss } from "./epss-scores.ts";
import type { KeyedFinding } from "./keyed-finding.ts";
import { listUncoveredScopes, saveCoveredScopes } from "./scopes.ts";
import { toStorable } from "./storable.ts";
import type { SyncPass } from "./sync-pass.ts";
import { holdFence, withoutDeadlocks } from "./write-transaction.ts";

/** An index entry holds 2,700 bytes; no package is called anything like this. */
const LONGEST_NAME = 512;

const LONG_AGO = new Date(0);

const CONTENT = ["kind", "title", "description", "cwes", "cvss", "source_url", "reference_urls", "published_at"];
const STAMPED = [...CONTENT, "digest", "observed_at", "is_sample"];

/**
 * Saves the words that the findings of many accounts share: vulnerabilities, packages, accounts and scopes. A
 * transaction of its own, since writers of other accounts would wait for these rows; and none at all when all is known.
 */
export async function saveVocabulary(pass: SyncPass, keyed: KeyedFinding[]): Promise<void> {
  const vulnerabilities = await unknownVulnerabilities(toVulnerabilities(pass, keyed), pass);
  const packages = await unknownPackages(keyed);
  const accounts = await unknownAccounts(keyed);
  const scopes = await listUncoveredScopes(
    pass,
    keyed.map(({ observed }) => observed),
  );
  if (vulnerabilities.length + packages.length + accounts.length + scopes.length === 0) return;
  await withoutDeadlocks(async (client) => {
    await holdFence(client, pass);
    await insertAccounts(client, accounts, pass.connection.isSample);
    await saveCoveredScopes(client, pass, scopes);
    await upsertVulnerabilities(client, vulnerabilities);
    await insertPackages(client, packages);
  });
}

export function toPackageId(one: ObservedFinding["packages"][number]): string {
  return packageId(one.manager, one.name.slice(0, LONGEST_NAME));
}

type VulnerabilityRow = ReturnType<typeof toVulnerabilities>[number];

/** One of each, as the newest observation tells it, in order of id. */
function toVulnerabilities({ connection: { source, isSample } }: SyncPass, keyed: KeyedFinding[]) {
  const newest = new Map<string, ObservedFinding>();
  const epss = new Map<string, number>();
  const exploitedAt = new Map<string, Date>();
  for (const { vulnerabilityId: id, observed } of keyed) {
    const known = newest.get(id);
    if (!known || observed.updatedAt > known.updatedAt) newest.set(id, observed);
    // A closed finding is no longer looked after: its EPSS is of the day on which it closed.
    if (observed.status !== "closed" && observed.vulnerability.epss !== null) epss.set(id, observed.vulnerability.epss);
    const at = observed.knownExploitedAt;
    const before = exploitedAt.get(id);
    if (at && !(before && before > at)) exploitedAt.set(id, at);
  }
  return [...newest.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, observed]) => ({
      ...toVulnerabilityRow(id, observed),
      // What everybody knows by this name is better told by a source that says when it learnt of it.
      observed_at: TELLS_TIMES[source] || observed.vulnerability.kind !== "cve" ? observed.updatedAt : LONG_AGO,
      epss: epss.get(id) ?? null,
      source_epss: epss.get(id) ?? null,
      known_exploited_at: exploitedAt.get(id) ?? null,
      is_sample: isSample,
    }));
}

function toVulnerabilityRow(id: string, { vulnerability }: ObservedFinding) {
  const { name, kind, title, description, cwes, cvss, sourceUrl, referenceUrls, publishedAt } = toStorable(
    vulnerability,
    JSON.stringify(vulnerability),
  );
  const content = { kind, title, description, cwes, cvss, source_url: sourceUrl, reference_urls: referenceUrls };
  const described = { ...content, published_at: publishedAt };
  return {
    id,
    name,
    ...described,
    digest: `\\x${hash("sha256", JSON.stringify(described)).slice(0, 32)}`,
  };
}

/** What is not stored so. EPSS moves daily without a finding being touched, so that what was heard last counts. */
async function unknownVulnerabilities(rows: VulnerabilityRow[], { connection }: SyncPass): Promise<VulnerabilityRow[]> {
  const told = rows.map(({ id, digest, observed_at, source_epss, known_exploited_at, is_sample }) => ({
    id,
    digest,
    observed_at,
    source_epss,
    known_exploited_at,
    is_sample,
  }));
  const { rows: unknown } = await database().pool.query<{ id: string }>(
    `SELECT n.id FROM jsonb_populate_recordset(NULL::vulnerability, $1) AS n LEFT JOIN vulnerability v ON v.id = n.id
     WHERE v.id IS NULL OR (v.is_sample AND NOT n.is_sample) OR (v.is_sample = n.is_sample AND (
       ((n.observed_at, n.digest) > (v.observed_at, v.digest) AND ($2 OR n.digest <> v.digest)) OR n.source_epss <> coalesce(v.source_epss, -1)
       OR n.known_exploited_at > coalesce(v.known_exploited_at, '-infinity')))`,
    [JSON.stringify(told), TELLS_TIMES[connection.source]],
  );
  const ids = new Set(unknown.map(({ id }) => id));
  return rows.filter(({ id }) => ids.has(id));
}

/**
 * The newest observation counts; what the sample tells changes nothing about what a real source has told. What the
 * imported list says of EPSS goes before what a source says.
 */
async function upsertVulnerabilities(client: pg.ClientBase, rows: VulnerabilityRow[]): Promise<void> {
  if (rows.length === 0) return;
  const listed = await listedEpss(
    client,
    rows.map(({ id }) => id),
  );
  const isNewer =
    "(NOT EXCLUDED.is_sample, EXCLUDED.observed_at, EXCLUDED.digest) >= (NOT v.is_sample, v.observed_at, v.digest)";
  const newest = STAMPED.map((name) => `${name} = CASE WHEN ${isNewer} THEN EXCLUDED.${name} ELSE v.${name} END`);
  await client.query(
    `INSERT INTO vulnerability AS v SELECT * FROM jsonb_populate_recordset(NULL::vulnerability, $1) ORDER BY id
     ON CONFLICT (id) DO UPDATE SET ${newest.join(", ")},
       epss = coalesce(EXCLUDED.epss, CASE WHEN v.is_sample = EXCLUDED.is_sample THEN v.epss END),
       source_epss = coalesce(EXCLUDED.source_epss, CASE WHEN v.is_sample = EXCLUDED.is_sample THEN v.source_epss END),
       known_exploited_at = greatest(EXCLUDED.known_exploited_at, CASE WHEN v.is_sample = EXCLUDED.is_sample THEN v.known_exploited_at END)
     WHERE v.is_sample OR NOT EXCLUDED.is_sample`,
    [JSON.stringify(rows.map((row) => ({ ...row, epss: listed.get(row.id) ?? row.epss })))],
  );
}

type PackageRow = { id: string; name: string; manager: string | null };

async function unknownPackages(keyed: KeyedFinding[]): Promise<PackageRow[]> {
  const packages = new Map<string, PackageRow>();
  for (const { observed } of keyed) {
    for (const one of observed.packages) {
      const told = `${one.manager}\0${one.name}`;
      if (packages.has(told)) continue;
      packages.set(told, { id: toPackageId(one), name: one.name.slice(0, LONGEST_NAME), manager: one.manager });
    }
  }
  if (packages.size === 0) return [];
  const byId = new Map([...packages.values()].map((row) => [row.id, row]));
  const { rows } = await database().pool.query<{ id: string }>("SELECT id FROM package WHERE id = ANY ($1)", [
    [...byId.keys()],
  ]);
  for (const { id } of rows) byId.delete(id);
  return [...byId.values()];
}

async function insertPackages(client: pg.ClientBase, rows: PackageRow[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `INSERT INTO package SELECT * FROM jsonb_populate_recordset(NULL::package, $1) ORDER BY id ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}

async function unknownAccounts(keyed: KeyedFinding[]): Promise<string[]> {
  const accounts = new Set(keyed.map(({ observed }) => observed.accountId));
  const { rows } = await database().pool.query<{ id: string }>("SELECT id FROM account WHERE id = ANY ($1)", [
    [...accounts],
  ]);
  for (const { id } of rows) accounts.delete(id);
  return [...accounts];
}

async function insertAccounts(client: pg.ClientBase, ids: string[], isSample: boolean): Promise<void> {
  await client.query(
    `INSERT INTO account (id, is_sample) SELECT id, $2 FROM unnest($1::text[]) AS id ORDER BY id ON CONFLICT DO NOTHING`,
    [ids, isSample],
  );
}
