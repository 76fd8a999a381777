import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { startScratchServer } from "./postgres/scratch-server.ts";
import { exitWith } from "./start-error.ts";
import { runNode } from "./test/run-node.ts";

// The database tests on the oldest PostgreSQL that we promise to run on, where this machine has one.
const KNOWN = ["/usr/lib/postgresql/15/bin", "/usr/pgsql-15/bin", "/opt/homebrew/opt/postgresql@15/bin"];

try {
  const binaries = [...KNOWN, binariesOfPgConfig()].find(isPostgres15);
  if (binaries) process.exit(await runTests(binaries));
  console.log("skipped: there is no PostgreSQL 15 on this machine");
} catch (error) {
  exitWith(error);
}

async function runTests(binaries: string): Promise<number> {
  const server = await startScratchServer(binaries);
  try {
    const vitest = ["--disable-warning=ExperimentalWarning", "node_modules/vitest/vitest.mjs", "run"];
    return await runNode([...vitest, "--project", "database"], { TEST_DATABASE_URL: server.serverUrl });
  } finally {
    await server.stop();
  }
}

function binariesOfPgConfig(): string {
  return spawnSync("pg_config", ["--bindir"], { encoding: "utf8" }).stdout?.trim() ?? "";
}

function isPostgres15(folder: string): boolean {
  const program = join(folder, "postgres");
  if (folder === "" || !existsSync(program) || !existsSync(join(folder, "initdb"))) return false;
  return / 15\./.test(spawnSync(program, ["--version"], { encoding: "utf8" }).stdout ?? "");
}
