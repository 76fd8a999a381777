import { readdirSync, readFileSync } from "node:fs";

/** What one part holds in memory: proportional set size, so that pages which processes share count once. */
export type PartMemory = { name: string; mebibytes: number };

/** The memory of every process below `pid` (Linux), the database's backends in one line. */
export async function memoryOf(pid: number): Promise<PartMemory[]> {
  const sums = new Map<string, number>();
  for (const id of descendants(pid)) {
    const name = nameOf(id);
    sums.set(name, (sums.get(name) ?? 0) + mebibytesOf(id));
  }
  return byMemory(sums);
}

/** The most that each part has ever held at once in one process (Linux): its resident set, with what it shares. */
export function peakMemoryOf(pid: number): PartMemory[] {
  const peaks = new Map<string, number>();
  for (const id of descendants(pid)) {
    const name = nameOf(id);
    peaks.set(name, Math.max(peaks.get(name) ?? 0, peakMebibytesOf(id)));
  }
  return byMemory(peaks);
}

function byMemory(parts: Map<string, number>): PartMemory[] {
  return [...parts].map(([name, mebibytes]) => ({ name, mebibytes })).sort((a, b) => b.mebibytes - a.mebibytes);
}

function descendants(root: number): number[] {
  const parents = new Map(
    readdirSync("/proc")
      .filter((entry) => /^\d+$/.test(entry))
      .map((entry) => [Number(entry), parentOf(Number(entry))]),
  );
  const family = new Set([root]);
  // A child may come before its parent in the listing: look until nothing is added.
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const [id, parent] of parents) if (family.has(parent)) family.add(id);
  }
  return [...family];
}

function parentOf(id: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(read(`/proc/${id}/status`))?.[1] ?? 0);
}

function nameOf(id: number): string {
  const command = read(`/proc/${id}/cmdline`).replaceAll("\0", " ");
  if (/postgres/.test(command)) return "PostgreSQL";
  const part = /(local|worker|scanner|sample)\/(\w+)\.ts/.exec(command);
  if (part) return part[1] === "local" ? "supervisor" : String(part[1]);
  return /next/.test(command) ? "web" : "other";
}

function mebibytesOf(id: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${id}/smaps_rollup`))?.[1] ?? 0) / 1024;
}

function peakMebibytesOf(id: number): number {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${id}/status`))?.[1] ?? 0) / 1024;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // the process ended in the meantime
  }
}
