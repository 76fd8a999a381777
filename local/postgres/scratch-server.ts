import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
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
const removeScratch = fileURLToPath(new URL("./remove-scratch.ts", import.meta.url));

/**
 * Starts a server with empty data in a temporary folder; `serverUrl` is its superuser's. Both are gone once it is
 * stopped, or once this process has ended, however that ends.
 */
export async function startScratchServer(binaries = embeddedBinaries()): Promise<ScratchServer> {
  const folder = mkdtempSync(join(tmpdir(), "sightline-scratch-"));
  const password = randomBytes(24).toString("base64url");
  const cluster = await startCluster({ binaries, dataDir: join(folder, "postgres"), password, settings: SETTINGS });
  const remover = spawn(process.execPath, [removeScratch, String(cluster.pid), folder], {
    stdio: ["pipe", "ignore", "inherit"],
    detached: true,
  });
  const stop = async () => {
    remover.stdin.end();
    await once(remover, "exit");
  };
  return { serverUrl: `postgresql://postgres:${password}@127.0.0.1:${cluster.port}/postgres`, stop };
}
