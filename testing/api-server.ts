import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { APP_URL, BOOTSTRAP_TOKEN } from "./api.ts";
import type { TestDatabase } from "./database.ts";

export type ApiServer = { url: string; end(signal: "SIGTERM" | "SIGKILL"): Promise<void> };

/** Starts the API as a process of its own, on the test's database and a folder. What still runs is killed at the end. */
export function apiServer(database: TestDatabase): (dataDir: string) => Promise<ApiServer> {
  const running = new Set<ApiServer>();
  afterAll(async () => {
    for (const server of running) await server.end("SIGKILL");
  });
  return async (dataDir) => {
    const child = spawn(process.execPath, [fileURLToPath(new URL("./api-server-main.ts", import.meta.url))], {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        NODE_ENV: "test",
        DATABASE_URL: database.url,
        DATA_DIR: dataDir,
        APP_URL,
        LOG_LEVEL: "error",
        SIGHTLINE_BOOTSTRAP_TOKEN: BOOTSTRAP_TOKEN,
      },
    });
    const [line] = await once(child.stdout, "data");
    const server: ApiServer = {
      url: String(line).trim(),
      end: async (signal) => {
        running.delete(server);
        const exit = once(child, "exit");
        child.kill(signal);
        await exit;
      },
    };
    running.add(server);
    return server;
  };
}
