import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { isErrno } from "../errno.ts";
import { killGroup, processIdentity } from "../processes.ts";
import { StartError } from "../start-error.ts";

const processSchema = z.object({ pid: z.number(), identity: z.string() });
const portsSchema = z.object({ web: z.number(), scanner: z.number(), sample: z.number() });
const holderSchema = processSchema.extend({ children: z.array(processSchema), ports: portsSchema.optional() });
type Holder = z.infer<typeof holderSchema>;

/** Where the parts of a running instance listen. */
export type Ports = z.infer<typeof portsSchema>;

export type InstanceLock = {
  /** Notes which processes to end should this one be killed before it can. */
  saveChildren: (pids: Iterable<number>) => void;
  savePorts: (ports: Ports) => void;
  release: () => void;
};

/**
 * Makes this process the only one that runs Sightline on `dataDir`. A lock whose holder was killed is taken over,
 * and what that holder left running is ended. Throws StartError while another holder runs.
 */
export async function acquireInstanceLock(dataDir: string): Promise<InstanceLock> {
  // Others may pass (the embedded server of root runs as nobody), not look.
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  const file = join(dataDir, "instance.lock");
  const own = join(dataDir, `instance.lock.${process.pid}`);
  const holder: Holder = { pid: process.pid, identity: processIdentity(process.pid) ?? "", children: [] };
  const write = (change: Partial<Holder>) =>
    writeFileSync(own, JSON.stringify(Object.assign(holder, change)), { mode: 0o600 });
  const save = (change: Partial<Holder>) => {
    write(change);
    renameSync(own, file);
  };
  write({});
  try {
    while (!isLinked(own, file)) await takeOver(file, dataDir);
  } finally {
    rmSync(own, { force: true });
  }
  return {
    saveChildren: (pids) => save({ children: [...pids].flatMap((pid) => toProcess(pid) ?? []) }),
    savePorts: (ports) => save({ ports }),
    release: () => rmSync(file, { force: true }),
  };
}

/** The ports of the instance that runs on `dataDir`, if one does. */
export function portsOfRunningInstance(dataDir: string): Ports | undefined {
  const holder = readHolder(join(dataDir, "instance.lock"));
  return holder && isAlive(holder) ? holder.ports : undefined;
}

// A link appears whole or not at all, and only one of two can make it.
function isLinked(own: string, file: string): boolean {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (isErrno(error, "EEXIST")) return false;
    throw error;
  }
}

async function takeOver(file: string, dataDir: string): Promise<void> {
  const holder = readHolder(file);
  if (!holder) return;
  if (isAlive(holder)) {
    throw new StartError(`Sightline already runs on ${dataDir} (process ${holder.pid}). Stop it, or set DATA_DIR.`);
  }
  for (const child of holder.children.filter(isAlive)) {
    killGroup(child.pid);
    while (isAlive(child)) await wait(20);
  }
  // Unless another start was quicker and the lock is already its own.
  if (readHolder(file)?.pid === holder.pid) rmSync(file, { force: true });
}

function readHolder(file: string): Holder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if (isErrno(error, "ENOENT")) return undefined;
    throw new StartError(`${file} cannot be read. Remove it if Sightline does not run.`, { cause: error });
  }
}

function isAlive({ pid, identity }: z.infer<typeof processSchema>): boolean {
  return processIdentity(pid) === identity;
}

function toProcess(pid: number): z.infer<typeof processSchema> | undefined {
  const identity = processIdentity(pid);
  return identity === undefined ? undefined : { pid, identity };
}
