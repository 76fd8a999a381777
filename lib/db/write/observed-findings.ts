import type pg from "pg";
import { type ClosedReason, TELLS_TIMES } from "#lib/domain/finding.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { applyChanges, countChanges } from "./apply-changes.ts";
import { closedReasons } from "./closed-reasons.ts";
import { type FindingChange, toFindingChange } from "./finding-change.ts";
import {
  listStoredFindings,
  STORED_FINDING,
  type StoredFinding,
  type StoredFindingRow,
  toStoredFinding,
} from "./finding-row.ts";
import { type KeyedFinding, keyCollision, toKeyedFindings } from "./keyed-finding.ts";
import { listedAsExploited } from "./known-exploits.ts";
import { type Observation, observeFinding, withIssue } from "./observe-finding.ts";
import { type Lineages, saveResources } from "./resources.ts";
import type { SyncPass } from "./sync-pass.ts";
import { beatSyncRun } from "./sync-run.ts";
import { saveVocabulary } from "./vocabulary.ts";
import { inPass } from "./write-transaction.ts";

const MOST_AT_ONCE = 10_000;

/**
 * Saves what a pass observed, any number at once (5,000 to 10,000 are best), and shows that the run is alive.
 * Nothing is written for what is stored already. Throws AppError `conflict`, having written nothing, when the run was
 * ended or taken over.
 */
export async function saveObservedFindings(pass: SyncPass, observed: ObservedFinding[]): Promise<void> {
  for (let start = 0; start < observed.length; start += MOST_AT_ONCE) {
    await saveBatch(pass, observed.slice(start, start + MOST_AT_ONCE));
  }
  await beatSyncRun(pass);
}

async function saveBatch(pass: SyncPass, observed: ObservedFinding[]): Promise<void> {
  const keyed = toKeyedFindings(pass.connection.source, observed);
  const accountIds = new Set(keyed.map((one) => one.observed.accountId));
  await saveVocabulary(pass, keyed);
  const changes = await inPass(pass, accountIds, async (client) => {
    const lineages = await saveResources(client, pass, keyed);
    const differing = await listDiffering(client, pass, keyed);
    const observations = await toChanges(client, pass, differing, lineages);
    const all = [...observations, ...(await listMoved(client, pass, lineages, observations))];
    await applyChanges(client, all);
    return all;
  });
  noteSeen(pass, keyed);
  count(pass, observed.length, changes);
}

type Differing = { keyed: KeyedFinding; stored: StoredFinding | null };

/** Those that are not stored yet, or whose stored row this observation may change. */
async function listDiffering(
  client: pg.ClientBase,
  { connection }: SyncPass,
  keyed: KeyedFinding[],
): Promise<Differing[]> {
  const { rows } = await client.query<{ position: number } & (StoredFindingRow | { id: null })>(
    `SELECT n.position::int, ${STORED_FINDING}
     FROM unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS n (account_id, updated_at_ms, position)
     LEFT JOIN LATERAL (
       SELECT * FROM finding WHERE account_id = n.account_id AND key_hash = substr($3::bytea, n.position::int * 16 - 15, 16)
       OFFSET 0 -- keeps it a look-up for each, where the planner would read the whole table for every batch
     ) AS f ON true
     WHERE f.id IS NULL OR f.digest <> substr($4::bytea, n.position::int * 16 - 15, 16)
       OR ($6 AND f.source_updated_at < to_timestamp(n.updated_at_ms / 1000.0)) OR NOT $5 = ANY (f.reported_by)`,
    [
      keyed.map(({ observed }) => observed.accountId),
      keyed.map(({ observed }) => observed.updatedAt.getTime()),
      Buffer.concat(keyed.map(({ key }) => key)),
      Buffer.concat(keyed.map(({ digest }) => digest)),
      connection.number,
      TELLS_TIMES[connection.source],
    ],
  );
  return rows.flatMap(({ position, ...row }) => {
    const one = keyed[position - 1];
    if (!one) return [];
    const stored = row.id === null ? null : toStoredFinding(row);
    if (stored && stored.finding.source_id !== one.observed.sourceId) {
      throw keyCollision(one.observed.sourceId, stored.finding.source_id);
    }
    return [{ keyed: one, stored }];
  });
}

function lineageOf({ ownLineageId, resourceId, observed }: KeyedFinding, { ofResource }: Lineages): string {
  const lineageId = ownLineageId ?? ofResource.get(resourceId);
  if (!lineageId) throw new Error(`The resource of ${observed.sourceId} has no lineage`);
  return lineageId;
}

async function toChanges(
  client: pg.ClientBase,
  pass: SyncPass,
  differing: Differing[],
  lineages: Lineages,
): Promise<FindingChange[]> {
  const knownScopes = await listKnownScopes(client, pass, differing);
  const reasons = await reasonsOfClosed(client, pass, differing);
  const listed = await listedAsExploited(
    client,
    differing.map(({ keyed }) => keyed.vulnerabilityId),
  );
  return differing.flatMap(({ keyed, stored }) => {
    const { accountId, region } = keyed.observed;
    const observation: Observation = {
      source: pass.connection.source,
      connectionNumber: pass.connection.number,
      isSample: pass.connection.isSample,
      runId: pass.runId,
      now: pass.now,
      lineageId: lineageOf(keyed, lineages),
      isListedExploited: listed.has(keyed.vulnerabilityId),
      isScopeKnown: knownScopes.has(`${accountId}\0${region}`),
      closedReason: reasons.get(keyed.resourceId) ?? "not-reported",
    };
    return observeFinding(stored, keyed, observation) ?? [];
  });
}

/** Scopes that a whole pass has read before. Scans have none: what a scan finds is new. */
async function listKnownScopes(
  client: pg.ClientBase,
  { connection }: SyncPass,
  differing: Differing[],
): Promise<Set<string>> {
  const fresh = differing.filter(({ stored }) => stored === null).map(({ keyed }) => keyed.observed);
  const scopes = new Map(fresh.map(({ accountId, region }) => [`${accountId}\0${region}`, { accountId, region }]));
  if (connection.source !== "inspector") return new Set(scopes.keys());
  if (scopes.size === 0) return new Set();
  const { rows } = await client.query<{ account_id: string; region: string }>(
    `SELECT s.account_id, s.region FROM unnest($1::text[], $2::text[]) AS n (account_id, region)
     JOIN scope s ON s.account_id = n.account_id AND s.region = n.region AND s.source = $3
     WHERE s.first_whole_pass_at IS NOT NULL AND s.lost_at IS NULL`,
    [
      [...scopes.values()].map((one) => one.accountId),
      [...scopes.values()].map((one) => one.region),
      connection.source,
    ],
  );
  return new Set(rows.map(({ account_id, region }) => `${account_id}\0${region}`));
}

async function reasonsOfClosed(
  client: pg.ClientBase,
  { connection }: SyncPass,
  differing: Differing[],
): Promise<Map<string, ClosedReason>> {
  const closed = differing.filter(({ keyed }) => keyed.observed.status === "closed");
  return await closedReasons(
    client,
    connection.source,
    closed.map(({ keyed: { observed, resourceId } }) => ({
      accountId: observed.accountId,
      region: observed.region,
      resourceId,
    })),
  );
}

/** The findings that move because their resource has another lineage, apart from those that change anyway. */
async function listMoved(
  client: pg.ClientBase,
  pass: SyncPass,
  { moved, ofResource }: Lineages,
  changing: FindingChange[],
): Promise<FindingChange[]> {
  if (moved.length === 0) return [];
  const stored = await listStoredFindings(
    client,
    // What has a lineage of its own stays there.
    `(f.account_id, f.resource_id, f.lineage_id) IN (SELECT * FROM unnest($1::text[], $2::uuid[], $3::uuid[])) AND f.source = $4`,
    [
      moved.map(({ accountId }) => accountId),
      moved.map(({ id }) => id),
      moved.map(({ fromLineageId }) => fromLineageId),
      pass.connection.source,
    ],
  );
  const already = new Set(changing.map(({ after }) => after.id));
  const occasion = { now: pass.now, occurredAt: pass.now, openedCause: "new", closedReason: "not-reported" } as const;
  return stored
    .filter(({ finding }) => !already.has(finding.id))
    .map(({ finding }) => {
      const draft = withIssue(finding, ofResource.get(finding.resource_id) ?? finding.lineage_id);
      return toFindingChange(finding, draft, finding.status, { ...occasion, runId: pass.runId, actorId: null });
    });
}

function noteSeen(pass: SyncPass, keyed: KeyedFinding[]): void {
  if (pass.mode === "incremental") return;
  for (const [accountId, seen] of Map.groupBy(keyed, ({ observed }) => observed.accountId)) {
    const keys = Buffer.concat(seen.map(({ key }) => key));
    pass.seenKeys.set(accountId, [...(pass.seenKeys.get(accountId) ?? []), keys]);
  }
}

function count(pass: SyncPass, observed: number, changes: FindingChange[]): void {
  const counts = countChanges(changes);
  pass.counts.observed += observed;
  pass.counts.opened += counts.opened;
  pass.counts.changed += counts.changed;
  pass.counts.closed += counts.closed;
  pass.counts.reopened += counts.reopened;
  pass.counts.unchanged += observed - changes.length;
}
