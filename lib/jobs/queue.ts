import { PgBoss } from "pg-boss";
import { env } from "#lib/config/env.ts";

/** A connection to the application's database, inside a transaction or not: a pool or one client of `pg`. */
export type JobConnection = { query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> };

/** pg-boss in one of two parts: the worker's keeps the queue in order, any other process only sends. */
export type QueuePart = "worker" | "sender";

// On globalThis: Next bundles this module more than once, and one process needs one queue.
declare global {
  var sightlineQueue: Promise<PgBoss> | undefined;
}

/** The process's queue for sending, opened by the first use. */
export function queue(): Promise<PgBoss> {
  globalThis.sightlineQueue ??= startQueue(env().DATABASE_URL, "sender", () => {});
  // One that could not start (no database yet) must not be remembered.
  globalThis.sightlineQueue.catch(() => {
    globalThis.sightlineQueue = undefined;
  });
  return globalThis.sightlineQueue;
}

/**
 * Makes `url`'s the process's queue, instead of the environment's. `onError` hears of what goes wrong in the background
 * (a database that is away for a while); the queue goes on by itself.
 */
export async function openQueue(
  url: string,
  part: QueuePart = "sender",
  onError: (error: unknown) => void = () => {},
): Promise<PgBoss> {
  await closeQueue();
  globalThis.sightlineQueue = startQueue(url, part, onError);
  return await globalThis.sightlineQueue;
}

/** Stops the queue; jobs that run get `graceMs` to end, then they are put back. */
export async function closeQueue(graceMs = 1_000): Promise<void> {
  const open = globalThis.sightlineQueue;
  globalThis.sightlineQueue = undefined;
  await (await open?.catch(() => undefined))?.stop({ graceful: true, timeout: graceMs });
}

async function startQueue(url: string, part: QueuePart, onError: (error: unknown) => void): Promise<PgBoss> {
  const isWorker = part === "worker";
  const boss = new PgBoss({
    connectionString: url,
    application_name: "sightline-queue",
    max: isWorker ? 4 : 2,
    createSchema: false, // it exists, and this role may create none
    useListenNotify: isWorker,
    schedule: false,
    supervise: isWorker,
    // A worker that died is noticed within a minute: its jobs' heartbeats stop.
    superviseIntervalSeconds: 15,
    monitorIntervalSeconds: 15,
  });
  // Unheard, the event would end the process.
  boss.on("error", onError);
  return await boss.start();
}

/** How each queue treats its jobs: one of a key at a time, taken up again when its worker died. */
const QUEUE = {
  policy: "exclusive",
  notify: true,
  heartbeatSeconds: 20,
  expireInSeconds: 6 * 3600,
  retryLimit: 20,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 300,
  deleteAfterSeconds: 7 * 86_400,
} as const;

const known = new WeakMap<PgBoss, Set<string>>();

/** Makes the queue of a job, once a process. */
export async function ensureQueue(boss: PgBoss, name: string): Promise<void> {
  const names = known.get(boss) ?? new Set();
  known.set(boss, names);
  if (names.has(name)) return;
  await boss.createQueue(name, QUEUE);
  names.add(name);
}

/** Writes a job through `connection`. Returns false when one with this key waits or runs. */
export async function sendJob(
  connection: JobConnection,
  name: string,
  payload: object,
  singletonKey: string,
): Promise<boolean> {
  const boss = await queue();
  await ensureQueue(boss, name);
  const executeSql = (text: string, values?: unknown[]) => connection.query(text, values);
  return (await boss.send(name, payload, { singletonKey, db: { executeSql } })) !== null;
}
