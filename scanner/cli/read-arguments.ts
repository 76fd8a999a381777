import { parseArgs } from "node:util";
import type { EngineSeverity } from "../engine/engine-finding.ts";

export type Format = "table" | "sarif" | "json";
export type Arguments = {
  path: string;
  format: Format;
  /** Findings from this severity on fail the gate; null: there is no gate. */
  failOn: EngineSeverity | null;
  /** An earlier report in JSON: what it holds does not fail the gate. */
  baseline: string | null;
};

export const USAGE = `Usage: npm run scan -- PATH|ZIP [--format table|sarif|json] [--fail-on SEVERITY] [--baseline FILE]

  PATH|ZIP     a folder with source code, or a zip of one
  --format     table (default) for people, sarif for other tools, json to keep as a baseline
  --fail-on    critical, high, medium, low or info: exit with 1 if there is a finding as severe or worse
  --baseline   a report in JSON; only findings that are not in it count for --fail-on

Exit codes: 0 passed, 1 the gate failed, 2 nothing could be scanned.`;

/** What was asked for cannot be done; the message says what to change. */
export class UsageError extends Error {}

const FORMATS: readonly Format[] = ["table", "sarif", "json"];
const SEVERITIES: readonly EngineSeverity[] = ["Critical", "High", "Medium", "Low", "Info"];

/** What the command line asks for. Throws UsageError. */
export function readArguments(words: string[]): Arguments {
  const { values, positionals } = parse(words);
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError("Name one folder or zip to scan.");
  const format = FORMATS.find((known) => known === (values.format ?? "table"));
  if (!format) throw new UsageError(`--format must be one of ${FORMATS.join(", ")}.`);
  const failOn = SEVERITIES.find((known) => known.toLowerCase() === values["fail-on"]?.toLowerCase());
  if (values["fail-on"] !== undefined && !failOn)
    throw new UsageError(`--fail-on must be one of ${SEVERITIES.join(", ").toLowerCase()}.`);
  return { path, format, failOn: failOn ?? null, baseline: values.baseline ?? null };
}

function parse(words: string[]) {
  try {
    return parseArgs({
      args: words,
      allowPositionals: true,
      options: { format: { type: "string" }, "fail-on": { type: "string" }, baseline: { type: "string" } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Whether a severity is as severe as another, or more. */
export function isAtLeast(severity: EngineSeverity, floor: EngineSeverity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(floor);
}
