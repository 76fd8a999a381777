import { z } from "zod";
import { SEVERITIES } from "./severities.ts";
import { type Severity, severitySchema } from "./severity.ts";

/** From which severity on a new finding fails the gate. A scanner knows no untriaged findings. */
export const failOnSchema = severitySchema.exclude(["untriaged"]).default("high");
export type FailOn = z.infer<typeof failOnSchema>;

/** Whether a run brought nothing that the gate refuses. `counts`: its new active findings by severity. */
export const scanGateSchema = z.object({
  passed: z.boolean(),
  failOn: severitySchema,
  counts: z.record(z.string(), z.number().int()),
  verdict: z.string(), // the reason in a sentence, the rule in a second one
});
export type ScanGate = z.infer<typeof scanGateSchema>;

/** Only what is new counts: a project with old findings can use a gate from the first day on. */
export function toScanGate(counts: Record<string, number>, failOn: FailOn): ScanGate {
  const refused = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1).filter((severity) => severity !== "untriaged");
  const found = refused.flatMap((severity) => {
    const count = counts[severity] ?? 0;
    return count > 0 ? [{ severity, count }] : [];
  });
  const rule = `The gate allows no new ${toList(refused, "or")}.`;
  const reason = found.length > 0 ? toReason(found) : `No new finding is ${toList(refused, "or")}.`;
  return { passed: found.length === 0, failOn, counts, verdict: `${reason} ${rule}` };
}

function toReason([first, ...rest]: { severity: Severity; count: number }[]): string {
  if (!first) return "";
  const isOne = first.count === 1;
  const start = `${first.count} new ${isOne ? "finding is" : "findings are"} ${first.severity}`;
  return `${toList([start, ...rest.map(({ severity, count }) => `${count} ${severity}`)], "and")}.`;
}

function toList(words: string[], last: "and" | "or"): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
