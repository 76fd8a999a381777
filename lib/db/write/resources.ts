import { hash } from "node:crypto";
import type pg from "pg";
import { lineageId } from "../identity.ts";
import type { KeyedFinding } from "./keyed-finding.ts";
import { toStorable } from "./storable.ts";
import type { SyncPass } from "./sync-pass.ts";
import { followResources } from "./teams/follow-resources.ts";

/** A resource that now belongs to another lineage than before. */
export type MovedResource = { accountId: string; id: string; fromLineageId: string };

/** The lineage of each resource of a batch by its id, and the resources that moved to another. */
export type Lineages = { ofResource: Map<string, string>; moved: MovedResource[] };

/**
 * Saves the resources of a batch where they differ from what is stored. A resource has no time of its own, so that the
 * newest pass counts. Runs in the transaction that has the accounts to itself.
 */
export async function saveResources(client: pg.ClientBase, pass: SyncPass, keyed: KeyedFinding[]): Promise<Lineages> {
  const told = toResourceRows(keyed, pass.now);
  const lineages: Lineages = { ofResource: new Map(), moved: [] };
  for (const { id, lineage_id } of told.values()) lineages.ofResource.set(id, lineage_id);
  const changed: ResourceRow[] = [];
  for (const { id, stored_lineage_id: stored, is_older: isOlder } of await listDiffering(client, told, pass.now)) {
    const resource = told.get(id);
    if (!resource) continue;
    if (stored && isOlder) lineages.ofResource.set(id, stored);
    else changed.push(resource);
    if (stored && !isOlder && stored !== resource.lineage_id) {
      lineages.moved.push({ accountId: resource.account_id, id, fromLineageId: stored });
    }
  }
  await upsertResources(client, changed);
  const places = [
    ...changed.map(({ account_id: accountId, lineage_id: lineageId }) => ({ accountId, lineageId })),
    ...lineages.moved.map(({ accountId, fromLineageId: lineageId }) => ({ accountId, lineageId })),
  ];
  await followResources(client, places, pass.now);
  return lineages;
}

type ResourceRow = ReturnType<typeof toResourceRow>;
type Differing = { id: string; stored_lineage_id: string | null; is_older: boolean | null };

async function listDiffering(client: pg.ClientBase, told: Map<string, ResourceRow>, now: Date): Promise<Differing[]> {
  const rows = [...told.values()];
  const { rows: differing } = await client.query<Differing>(
    `SELECT n.id, r.lineage_id AS stored_lineage_id, r.observed_at > $4 AS is_older
     FROM unnest($1::text[], $2::uuid[]) WITH ORDINALITY AS n (account_id, id, position)
     LEFT JOIN LATERAL (
       SELECT id, lineage_id, observed_at, digest FROM resource WHERE account_id = n.account_id AND id = n.id
       OFFSET 0 -- keeps it a look-up for each, whatever the table's size
     ) AS r ON true
     WHERE r.id IS NULL OR r.digest <> substr($3::bytea, n.position::int * 16 - 15, 16)`,
    [
      rows.map(({ account_id }) => account_id),
      rows.map(({ id }) => id),
      Buffer.concat(rows.map(({ digest }) => digest)),
      now,
    ],
  );
  return differing;
}

async function upsertResources(client: pg.ClientBase, rows: ResourceRow[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `INSERT INTO resource SELECT * FROM jsonb_populate_recordset(NULL::resource, $1)
     ON CONFLICT (account_id, id) DO UPDATE SET name = EXCLUDED.name, region = EXCLUDED.region,
       provider = EXCLUDED.provider, lineage_id = EXCLUDED.lineage_id, lineage = EXCLUDED.lineage, tags = EXCLUDED.tags,
       details = EXCLUDED.details, digest = EXCLUDED.digest, observed_at = EXCLUDED.observed_at`,
    [JSON.stringify(rows.map((row) => ({ ...row, digest: `\\x${row.digest.toString("hex")}` })))],
  );
}

/** One of each, as the newest observation tells it. */
function toResourceRows(keyed: KeyedFinding[], now: Date): Map<string, ResourceRow> {
  const newest = new Map<string, KeyedFinding>();
  for (const one of keyed) {
    const known = newest.get(one.resourceId);
    if (!known || one.observed.updatedAt > known.observed.updatedAt) newest.set(one.resourceId, one);
  }
  return new Map([...newest].map(([id, { observed }]) => [id, toResourceRow(id, observed, now)]));
}

function toResourceRow(id: string, { accountId, region, resource }: KeyedFinding["observed"], now: Date) {
  const kept = JSON.stringify([resource, region]);
  const { type, id: sourceId, name, provider, lineage, tags, details } = toStorable(resource, kept);
  return {
    account_id: accountId,
    id,
    type,
    source_id: sourceId,
    name,
    region,
    provider,
    lineage_id: lineageId(accountId, lineage),
    lineage,
    tags,
    details,
    digest: hash("sha256", kept, "buffer").subarray(0, 16),
    observed_at: now,
  };
}
