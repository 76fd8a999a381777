import { hash } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import type { SourceName } from "#lib/domain/finding.ts";

/** An id that sorts by the time it was made: findings, events, runs. */
export const newId = (): string => uuidv7();

/** The same names give the same id everywhere (UUID version 8 of a SHA-256), so that no look-up is needed. */
function idOf(kind: string, ...names: string[]): string {
  // Names may hold anything but NUL, which PostgreSQL's text cannot hold either.
  const hex = hash("sha256", [kind, ...names].join("\0"), "hex");
  const variant = "89ab".charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const vulnerabilityId = (name: string): string => idOf("vulnerability", name);

export const packageId = (manager: string | null, name: string): string => idOf("package", manager ?? "", name);

export const resourceId = (accountId: string, type: string, sourceId: string): string =>
  idOf("resource", accountId, type, sourceId);

export const lineageId = (accountId: string, lineage: string): string => idOf("lineage", accountId, lineage);

/** The connection that stands for the reports that are imported under a name. */
export const importConnectionId = (name: string): string => idOf("connection", "sarif", name);

/** What a person fixes: a vulnerability in a lineage, as one source tells it. */
export const issueId = (issue: {
  accountId: string;
  source: SourceName;
  vulnerabilityId: string;
  lineageId: string;
}): string => idOf("issue", issue.accountId, issue.source, issue.vulnerabilityId, issue.lineageId);

/** The natural key of a finding within its account: 16 bytes of the hash of its source and the source's own id. */
export function findingKey(source: SourceName, sourceId: string): Buffer {
  return hash("sha256", `${source}\0${sourceId}`, "buffer").subarray(0, 16);
}
