import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { parseConfig } from "#local/config.ts";
import { openDatabase as openServer } from "#local/database.ts";
import type { BenchResult } from "./bench-result.ts";
import { benchWritePath } from "./write-path.ts";

/** The write path on an embedded PostgreSQL of its own, with nothing else running on it. */
export async function benchWritePathAlone(): Promise<BenchResult[]> {
  const dataDir = mkdtempSync(join(tmpdir(), "sightline-bench-"));
  const server = await openServer(parseConfig({ DATA_DIR: dataDir }));
  try {
    openDatabase(server.urls.appUrl);
    return await benchWritePath(server.urls);
  } finally {
    await closeDatabase();
    await server.cluster?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
