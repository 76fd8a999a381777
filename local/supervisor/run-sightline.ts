import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Config } from "../config.ts";
import { type Database, openDatabase } from "../database.ts";
import { type BuildStep, isFresh, runBuildStep } from "./build.ts";
import { choosePort } from "./choose-port.ts";
import { acquireInstanceLock, type InstanceLock, type Ports } from "./instance-lock.ts";
import type { ProcessTable } from "./process-table.ts";
import { superviseDatabase } from "./supervise-database.ts";
import { superviseProcess } from "./supervise-process.ts";

/** What one installation is made of; a test puts small ones in their place. */
export type Parts = {
  /** Made before any process starts. */
  client: BuildStep;
  /** Made beside worker, scanner and sample; the web process waits for it. */
  pages: BuildStep;
  toTable: (config: Config, ports: Ports, urls: Database["urls"]) => ProcessTable;
  /** Last word on the terminal, once the pages answer. */
  greet: (table: ProcessTable, signal: AbortSignal) => Promise<void>;
};

export type Run = { config: Config; parts: Parts; say: (line: string) => void; signal: AbortSignal };

const POLL_MS = 50;

/**
 * Runs Sightline until `signal` aborts: database, migrations, what must be built, then every process, each started
 * again when it ends. Settles when all of it has stopped. Throws StartError when it cannot start.
 */
export async function runSightline(run: Run): Promise<void> {
  const { config, say } = run;
  const lock = await acquireInstanceLock(config.DATA_DIR);
  try {
    const ports = await choosePorts(config, say);
    lock.savePorts(ports);
    const startedAt = Date.now();
    const database = await openDatabase(config);
    say(`Database ready${toMigrated(database.applied)} (${secondsSince(startedAt)})`);
    await runParts(run, { lock, ports, database });
  } finally {
    lock.release();
  }
}

async function runParts(run: Run, opened: { lock: InstanceLock; ports: Ports; database: Database }): Promise<void> {
  const { config, parts, say } = run;
  const { lock, ports, database } = opened;
  const stopping = new AbortController();
  const signal = AbortSignal.any([run.signal, stopping.signal]);
  const server = database.cluster && superviseDatabase(database.cluster, config.DATA_DIR, { say, signal });
  const logDir = join(config.DATA_DIR, "logs");
  const pids = new Set<number>();
  const options = {
    logDir,
    say,
    onStart: (pid: number) => lock.saveChildren(pids.add(pid)),
    onEnd: (pid: number) => pids.delete(pid) && lock.saveChildren(pids),
  };
  const running: Promise<void>[] = [];
  try {
    await build(parts.client, { say, logDir, signal });
    const table = parts.toTable(config, ports, database.urls);
    running.push(...table.beside.map((spec) => superviseProcess(spec, options, signal)));
    await build(parts.pages, { say, logDir, signal });
    running.push(superviseProcess(table.web, options, signal));
    await untilItAnswers(`http://${reachable(config.HOST)}:${ports.web}/healthz`, signal);
    if (!signal.aborted) await parts.greet(table, signal);
    await aborted(signal);
  } catch (error) {
    if (!run.signal.aborted) throw error;
  } finally {
    stopping.abort();
    await Promise.all(running);
    await (await server)?.stop();
  }
}

async function choosePorts(config: Config, say: (line: string) => void): Promise<Ports> {
  const taken: number[] = [];
  const choose = async (name: "PORT" | "SCANNER_PORT" | "SAMPLE_PORT", preferred: number, host: string) => {
    const port = await choosePort({ name, asked: config[name], preferred, host }, taken);
    if (config[name] === undefined && port !== preferred) say(`Port ${preferred} is taken: ${name} is ${port}`);
    taken.push(port);
    return port;
  };
  return {
    web: await choose("PORT", 3000, config.HOST),
    scanner: await choose("SCANNER_PORT", 3001, "127.0.0.1"),
    sample: await choose("SAMPLE_PORT", 3002, "127.0.0.1"),
  };
}

async function build(
  step: BuildStep,
  { say, logDir, signal }: { say: Run["say"]; logDir: string; signal: AbortSignal },
) {
  if (isFresh(step)) return;
  const startedAt = Date.now();
  say(`${step.title} …`);
  await runBuildStep(step, logDir, signal);
  say(`${step.title}: done (${secondsSince(startedAt)})`);
}

async function untilItAnswers(url: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const answers = await fetch(url, { signal }).then(
      () => true,
      () => false,
    );
    if (answers) return;
    await wait(POLL_MS);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((settle) => {
    if (signal.aborted) return settle();
    signal.addEventListener("abort", () => settle(), { once: true });
  });
}

// An address that means every interface is no address to call.
function reachable(host: string): string {
  return host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
}

function toMigrated(applied: string[]): string {
  if (applied.length === 0) return "";
  return `, ${applied.length} ${applied.length === 1 ? "migration" : "migrations"} applied`;
}

function secondsSince(startedAt: number): string {
  return `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
}
