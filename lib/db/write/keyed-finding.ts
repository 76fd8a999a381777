import { hash } from "node:crypto";
import { type SourceName, TELLS_TIMES } from "#lib/domain/finding.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { findingKey, lineageId, resourceId, vulnerabilityId } from "../identity.ts";
import { toStorable } from "./storable.ts";

/** An observed finding with the ids that are made from its names, and the digest of what we keep of it. */
export type KeyedFinding = {
  observed: ObservedFinding;
  key: Buffer;
  digest: Buffer;
  vulnerabilityId: string;
  resourceId: string;
  /** Of code, whose lineage is its own; null = it follows its resource's. */
  ownLineageId: string | null;
};

/** One of each finding: the newest observation, the first of several as new. In order of account and key. */
export function toKeyedFindings(source: SourceName, observed: ObservedFinding[]): KeyedFinding[] {
  const newest = new Map<string, { key: Buffer; observed: ObservedFinding }>();
  for (const one of observed) {
    const key = findingKey(source, one.sourceId);
    const name = `${one.accountId}\0${key.toString("latin1")}`;
    const known = newest.get(name);
    if (known && known.observed.sourceId !== one.sourceId) throw keyCollision(one.sourceId, known.observed.sourceId);
    if (!known || one.updatedAt > known.observed.updatedAt) newest.set(name, { key, observed: one });
  }
  const ids = { vulnerability: once(vulnerabilityId), resource: once(resourceId) };
  return [...newest.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { key, observed: one }]) => toKeyedFinding({ key, source }, one, ids));
}

type Ids = { vulnerability: typeof vulnerabilityId; resource: typeof resourceId };

/** The same, made once for each distinct name: a batch says the same few over and over. */
function once<Names extends string[]>(make: (...names: Names) => string): (...names: Names) => string {
  const made = new Map<string, string>();
  return (...names) => {
    const key = names.join("\0");
    const known = made.get(key) ?? make(...names);
    made.set(key, known);
    return known;
  };
}

export function keyCollision(one: string, other: string): Error {
  return new Error(`Two findings have the same key by their hash: ${one} and ${other}`);
}

function toKeyedFinding(
  { key, source }: { key: Buffer; source: SourceName },
  given: ObservedFinding,
  ids: Ids,
): KeyedFinding {
  const kept = JSON.stringify(toKept(given, TELLS_TIMES[source] ? given.firstObservedAt : null));
  const observed = toStorable(given, kept);
  const { accountId, resource, vulnerability, lineage } = observed;
  return {
    observed,
    key,
    digest: hash("sha256", kept, "buffer").subarray(0, 16),
    vulnerabilityId: ids.vulnerability(vulnerability.name),
    resourceId: ids.resource(accountId, resource.type, resource.id),
    ownLineageId: lineage === resource.lineage ? null : lineageId(accountId, lineage),
  };
}

/**
 * What the digest is of: what we keep of a finding, less what moves by itself: when it was last seen or touched, EPSS, the raw JSON. What is
 * shared by many findings (vulnerability, resource) has digests of its own.
 */
function toKept(finding: ObservedFinding, firstObservedAt: Date | null): unknown[] {
  return [
    finding.sourceId,
    finding.region,
    finding.type,
    finding.status,
    finding.severity,
    finding.score,
    finding.description,
    finding.scoreAdjustments,
    finding.title,
    finding.vulnerability.name,
    finding.resource.type,
    finding.resource.id,
    finding.lineage === finding.resource.lineage ? null : finding.lineage,
    finding.packages,
    finding.code,
    finding.network,
    finding.scanName,
    finding.fixAvailable,
    finding.exploitAvailable,
    finding.knownExploitedAt !== null,
    finding.remediation,
    firstObservedAt?.getTime() ?? null,
  ];
}
