import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { HOUR } from "./organisation/time.ts";

/**
 * The instant at which the sample's year ends: the hour of the first start, kept in a file of `dataFolder`.
 * Another end at each start would move every date of findings that are already stored.
 */
export function rememberedEnd(dataFolder: string, now: Date): Date {
  const file = join(dataFolder, "sample-end");
  const known = new Date(readIfThere(file).trim());
  if (!Number.isNaN(known.getTime())) return known;
  const end = new Date(Math.floor(now.getTime() / HOUR) * HOUR);
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(file, `${end.toISOString()}\n`);
  return end;
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}
