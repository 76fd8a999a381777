import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { SchemaEngine } from "@prisma/schema-engine-wasm";
import { withClient } from "../postgres/roles.ts";
import { catalogAdapter } from "./catalog-adapter.ts";

declare global {
  /** Where the schema engine leaves the reason before it breaks down. */
  var PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => void };
}
globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => void process.stderr.write(`${message}\n`) };

// Partitioned by month. Prisma has no word for that, so they are in the migrations only.
const PARTITIONED = ["lifecycle_event", "finding_version"];

/**
 * The SQL that would turn the database into what the Prisma schema says; empty when they agree. Tables that Prisma
 * cannot express are left aside.
 */
export async function schemaDifference(databaseUrl: string, schemaFile = "prisma/schema.prisma"): Promise<string> {
  const path = resolve(schemaFile);
  const content = readFileSync(path, "utf8");
  const files = [{ path, content }];
  const externalTables = await listPartitionedTables(databaseUrl);
  const factory = bindMigrationAwareSqlAdapterFactory(catalogAdapter(databaseUrl));
  const engine = await SchemaEngine.new({ datamodels: [[path, content]] }, () => undefined, factory);
  try {
    const difference = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: dirname(path) },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: { externalTables, externalEnums: [] },
    });
    return difference.exitCode === 0 ? "" : (difference.stdout ?? "");
  } finally {
    engine.free();
  }
}

async function listPartitionedTables(databaseUrl: string): Promise<string[]> {
  return await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT 'public.' || c.relname AS name FROM unnest($1::text[]) AS parent, pg_class c
       WHERE c.relname = parent OR c.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = to_regclass(parent))`,
      [PARTITIONED],
    );
    return rows.map((row) => row.name);
  });
}
