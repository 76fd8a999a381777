import { spawn, spawnSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "../ports.ts";
import { isRunning } from "../processes.ts";
import { adoptRunningServer } from "./adopt.ts";
import { chooseRunAs, type RunAs } from "./run-as.ts";
import { stopServer } from "./stop.ts";

export type ClusterOptions = {
  /** Folder that holds `postgres` and `initdb`. */
  binaries: string;
  dataDir: string;
  /** Password of the bootstrap superuser `postgres`, used when the cluster is created. */
  password: string;
  /** Where to listen; a free port unless given. */
  port?: number;
  settings?: Record<string, string>;
  onLog?: (line: string) => void;
};

export type Cluster = {
  port: number;
  pid: number;
  isAdopted: boolean;
  /** Settles when the server is gone, whoever ended it. */
  exited: Promise<void>;
  stop: () => Promise<void>;
};

const START_TIMEOUT_MS = 60_000;
const ADOPTED_POLL_MS = 500;

/**
 * Runs PostgreSQL on 127.0.0.1 over `dataDir`, creating the cluster the first time.
 * A server that an ended supervisor left behind on the same data is adopted.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const dataDir = resolve(options.dataDir);
  mkdirSync(dirname(dataDir), { recursive: true });
  const runAs = chooseRunAs(options.binaries, dataDir);
  if (!existsSync(join(dataDir, "PG_VERSION"))) createCluster({ ...options, dataDir }, runAs);
  const running = await adoptRunningServer(realpathSync(dataDir));
  if (running) {
    return { ...running, isAdopted: true, exited: whenGone(running.pid), stop: () => stopServer(running.pid) };
  }
  return launch({ ...options, dataDir }, runAs, options.port ?? (await freePort()));
}

function createCluster({ binaries, dataDir, password }: ClusterOptions, runAs: RunAs): void {
  // An earlier initdb may have been killed half-way; without PG_VERSION nothing in there is a cluster.
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { mode: 0o700 });
  const secretDir = mkdtempSync(join(tmpdir(), "sightline-initdb-"));
  const passwordFile = join(secretDir, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  try {
    if (runAs.ownerId !== null) {
      for (const path of [dataDir, secretDir, passwordFile]) chownSync(path, runAs.ownerId, runAs.ownerId);
    }
    const authentication = ["--username=postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
    const form = ["--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", "--no-instructions"];
    const [command, args] = commandLine(runAs, join(binaries, "initdb"), ["-D", dataDir, ...authentication, ...form]);
    const result = spawnSync(command, args, { encoding: "utf8", cwd: "/" });
    if (result.status !== 0) throw new Error(`PostgreSQL could not create its data: ${result.stderr || result.error}`);
  } finally {
    rmSync(secretDir, { recursive: true, force: true });
  }
}

function launch(options: ClusterOptions, runAs: RunAs, port: number): Promise<Cluster> {
  const { binaries, dataDir, settings = {}, onLog } = options;
  const fixed = { listen_addresses: "127.0.0.1", unix_socket_directories: "", logging_collector: "off" };
  const flags = Object.entries({ ...settings, ...fixed }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const [command, args] = commandLine(runAs, join(binaries, "postgres"), ["-D", dataDir, "-p", String(port), ...flags]);
  // A process group of its own: Ctrl-C in the terminal must not stop the server before those who write to it.
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"], detached: true, cwd: "/" });
  const exited = new Promise<void>((settle) => child.once("exit", () => settle()));
  return new Promise((fulfil, reject) => {
    let output = "";
    const fail = (reason: string) => reject(new Error(`PostgreSQL ${reason}\n${output}`));
    const deadline = setTimeout(() => fail("did not become ready"), START_TIMEOUT_MS);
    child.once("error", (error) => fail(`could not be started: ${error.message}`));
    child.once("exit", (code) => {
      clearTimeout(deadline);
      fail(`ended with code ${code}`);
    });
    let isReady = false;
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      onLog?.(chunk);
      if (isReady) return;
      output += chunk;
      const { pid } = child;
      if (!output.includes("ready to accept connections") || pid === undefined) return;
      isReady = true;
      clearTimeout(deadline);
      fulfil({ port, pid, isAdopted: false, exited, stop: () => stopServer(pid) });
    });
  });
}

// An adopted server is not our child: nothing but looking tells that it has ended.
async function whenGone(pid: number): Promise<void> {
  while (isRunning(pid)) await wait(ADOPTED_POLL_MS, undefined, { ref: false });
}

function commandLine({ prefix }: RunAs, program: string, args: string[]): [string, string[]] {
  const [command = program, ...rest] = [...prefix, program, ...args];
  return [command, rest];
}
