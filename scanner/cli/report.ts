import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { EngineFinding, EngineSeverity, ScanResult } from "../engine/engine-finding.ts";
import { matchFindings } from "../store/match-findings.ts";
import { isAtLeast, UsageError } from "./read-arguments.ts";

/** What a scan found, and which of it is not in the baseline. Without a baseline everything is new. */
export type Report = ScanResult & { newFindings: EngineFinding[] };

const placeSchema = z.object({
  detectorId: z.string(),
  path: z.string(),
  fingerprint: z.string(),
  startLine: z.number(),
});
type Place = z.infer<typeof placeSchema>;

/** The findings of an earlier report in JSON. Throws UsageError when it is none. */
export async function readBaseline(path: string): Promise<Place[]> {
  try {
    return z.object({ findings: z.array(placeSchema) }).parse(JSON.parse(await readFile(path, "utf8"))).findings;
  } catch (cause) {
    throw new UsageError(`${path} is no report that --format json has written.`, { cause });
  }
}

/** A finding is known if the baseline has it, wherever its line is now. */
export function toReport(result: ScanResult, baseline: Place[]): Report {
  const known = baseline.map((place, index) => ({ ...place, id: String(index), status: "Open" as const }));
  const matches = matchFindings(known, result.findings);
  return { ...result, newFindings: result.findings.filter((_, index) => !matches.has(index)) };
}

/** The new findings that are as severe as the gate's floor, or more. */
export function failures({ newFindings }: Report, failOn: EngineSeverity | null): EngineFinding[] {
  return failOn === null ? [] : newFindings.filter(({ severity }) => isAtLeast(severity, failOn));
}
