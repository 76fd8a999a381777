import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { embeddedBinaries } from "./binaries.ts";
import { startCluster } from "./cluster.ts";

export type ScratchServer = { serverUrl: string; stop: () => Promise<void> };

// What is in it need not survive a crash.
const SETTINGS = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: "200",
  jit: "off",
};

/** Starts a server with empty data in a temporary folder; `serverUrl` is its superuser's. Stopping it removes both. */
export async function startScratchServer(binaries = embeddedBinaries()): Promise<ScratchServer> {
  const folder = mkdtempSync(join(tmpdir(), "sightline-scratch-"));
  const password = randomBytes(24).toString("base64url");
  const cluster = await startCluster({ binaries, dataDir: join(folder, "postgres"), password, settings: SETTINGS });
  const stop = async () => {
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { serverUrl: `postgresql://postgres:${password}@127.0.0.1:${cluster.port}/postgres`, stop };
}
