import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Logger } from "pino";
import { createHttpServer } from "./api/http-server.ts";
import type { Service } from "./api/operation.ts";
import { pageTokens } from "./api/page-token.ts";
import { requestRate } from "./api/request-rate.ts";
import type { ScannerConfig } from "./config.ts";
import { cleanUp } from "./runner/clean-up.ts";
import { runScans } from "./runner/runner.ts";
import type { RunMeans } from "./runner/scan-run.ts";
import { openArtifactFiles } from "./store/artifact-files.ts";
import { openDatabase } from "./store/database.ts";
import { migrateScanner } from "./store/migrate.ts";

export type ScannerOptions = Pick<RunMeans, "scan" | "toRefusal"> & {
  config: Omit<ScannerConfig, "logLevel">;
  logger: Logger;
  now?: () => Date;
  uploadIdleMs?: number;
};
export type Scanner = {
  url: string;
  /** Gives back the run in hand and closes everything; resolves within seconds. */
  stop(): Promise<void>;
};

/** The account that everything of this installation belongs to. */
const ACCOUNT_ID = "000000000000";
/** A sender that is silent for this long has gone. */
const UPLOAD_IDLE_MS = 60_000;
const CLEAN_UP_MS = 10 * 60_000;
/** What answers are still under way at a stop get this long. */
const DRAIN_MS = 1500;

/** Migrates the store, serves the API and scans what is queued. Throws when the port or the database is not to be had. */
export async function startScanner(options: ScannerOptions): Promise<Scanner> {
  const { config, scan, toRefusal, logger, now = () => new Date(), uploadIdleMs = UPLOAD_IDLE_MS } = options;
  await migrateScanner(config.databaseUrl);
  const files = await openArtifactFiles(join(config.dataFolder, "artifacts"));
  const database = openDatabase(config.databaseUrl, (err) => logger.warn({ err }, "a database connection broke"));
  const partOfService = {
    database,
    files,
    tokens: pageTokens(config.credentials.secretAccessKey),
    credentials: config.credentials,
    region: config.region,
    accountId: ACCOUNT_ID,
    uploadIdleMs,
    now,
  };
  let publicUrl = config.publicUrl ?? "";
  const service = (): Service => ({ ...partOfService, publicUrl });
  const server = createHttpServer({ service, rate: requestRate(now), limits: config.limits, logger });
  server.listen(config.port, config.host);
  await once(server, "listening");
  const url = `http://${config.host}:${portOf(server.address())}`;
  publicUrl ||= url;

  const stopping = new AbortController();
  const cleaning = () =>
    cleanUp(database, files, now()).catch((err: unknown) => logger.warn({ err }, "clean-up failed"));
  await cleaning();
  const timer = setInterval(cleaning, CLEAN_UP_MS);
  const runner = { databaseUrl: config.databaseUrl, database, files, scan, toRefusal, now, logger };
  const runners = Array.from({ length: config.runsAtOnce }, () => runScans(runner, stopping.signal));
  const stop = async () => {
    clearInterval(timer);
    stopping.abort(new Error("The scanner is stopping"));
    const closed = once(server, "close");
    server.close();
    server.closeIdleConnections();
    const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    await Promise.all([closed, ...runners]);
    clearTimeout(cut);
    await database.end();
  };
  return { url, stop };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  return address.port;
}
