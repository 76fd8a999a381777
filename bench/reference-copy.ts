import { database } from "#lib/db/database.ts";
import { type Columns, copyRows } from "#lib/db/write/copy-rows.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";

const REFERENCE_COLUMNS = {
  account_id: "text",
  source_id: "text",
  type: "text",
  status: "text",
  severity: "text",
  score: "float4?",
  title: "text",
  region: "text",
  vulnerability: "text",
  description: "text",
  resource_type: "text",
  resource_id: "text",
  resource_name: "text",
  lineage: "text",
  package_name: "text",
  package_version: "text",
  package_fixed_in: "text?",
  fix_available: "text?",
  exploit_available: "text?",
  first_observed_at: "timestamptz",
  updated_at: "timestamptz",
  raw: "text",
} as const satisfies Columns;

/** Empty, in the one schema whose shape the application's role may change. */
export async function createReference(): Promise<void> {
  const columns = Object.entries(REFERENCE_COLUMNS).map(([name, type]) => `${name} ${type.replace("?", "")}`);
  await database().pool.query("DROP TABLE IF EXISTS pgboss.bench_reference");
  await database().pool.query(`CREATE TABLE pgboss.bench_reference (${columns.join(", ")})`);
}

/** What every way of writing is measured against. */
export async function copyReference(findings: ObservedFinding[]): Promise<void> {
  const client = await database().pool.connect();
  try {
    await copyRows(client, "pgboss.bench_reference", REFERENCE_COLUMNS, toReferenceRows(findings));
  } finally {
    client.release();
  }
}

function* toReferenceRows(findings: ObservedFinding[]) {
  for (const one of findings) {
    yield {
      account_id: one.accountId,
      source_id: one.sourceId,
      type: one.type,
      status: one.status,
      severity: one.severity,
      score: one.score,
      title: one.title,
      region: one.region,
      vulnerability: one.vulnerability.name,
      description: one.vulnerability.description,
      resource_type: one.resource.type,
      resource_id: one.resource.id,
      resource_name: one.resource.name,
      lineage: one.lineage,
      package_name: one.packages[0]?.name ?? "",
      package_version: one.packages[0]?.version ?? "",
      package_fixed_in: one.packages[0]?.fixedIn ?? null,
      fix_available: one.fixAvailable,
      exploit_available: one.exploitAvailable,
      first_observed_at: one.firstObservedAt,
      updated_at: one.updatedAt,
      raw: JSON.stringify(one.raw),
    };
  }
}
