import { sourceNameSchema } from "#lib/domain/finding.ts";
import type { Movement } from "#lib/domain/lifecycle-event.ts";
import type { Overview } from "#lib/domain/overview.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { OpenRow } from "./count-open.ts";
import type { MovedRow } from "./moved-since.ts";

export const WEEK_MS = 7 * 86_400_000;
/** How many of the worst are told. */
export const WORST = 6;

export type Since = { kind: Overview["since"]["kind"]; at: Date };

type Counted = { open: OpenRow[]; moved: MovedRow[]; before: number | null };

/** What is open and what happened meanwhile, cell by cell. `before`: how many critical ones were open, if anybody knows. */
export function toStanding({ open, moved, before }: Counted): Pick<Overview, "critical" | "urgent" | "matrix"> {
  const { bySource: _, severity: __, ...critical } = toRow("critical", open, moved);
  return {
    critical: { ...critical, before },
    urgent: critical.open + toRow("high", open, moved).open,
    matrix: toMatrix(open, moved),
  };
}

export function toRange({ kind, at }: Since, settledAt: Date) {
  const following = (instant: Date) => new Date(instant.getTime() + 1).toISOString();
  return { kind, at: at.toISOString(), from: following(at), to: following(settledAt) };
}

export function toChanges(moved: MovedRow[]) {
  const sumOf = (movement: Movement) => sum(moved.filter((row) => row.movement === movement).map(({ n }) => n));
  return {
    new: sumOf("new"),
    reopened: sumOf("reopened"),
    fixed: sumOf("fixed"),
    resourceGone: sumOf("resource-gone"),
    notReported: sumOf("not-reported"),
    suppressed: sumOf("suppressed"),
  };
}

function toMatrix(open: OpenRow[], moved: MovedRow[]): Overview["matrix"] {
  const rows = SEVERITIES.map((severity) => toRow(severity, open, moved));
  const sources = sourceNameSchema.options.filter((source) => open.some((row) => row.source === source));
  const total = {
    open: sum(rows.map((row) => row.open)),
    new: sum(rows.map((row) => row.new)),
    fixed: sum(rows.map((row) => row.fixed)),
    bySource: Object.fromEntries(
      sources.map((source) => [source, sum(open.filter((row) => row.source === source).map(({ n }) => n))]),
    ),
  };
  return { sources, rows, total };
}

function toRow(severity: Severity, open: OpenRow[], moved: MovedRow[]): Overview["matrix"]["rows"][number] {
  const here = open.filter((row) => row.severity === severity);
  const movedBy = (movement: Movement) =>
    sum(moved.filter((row) => row.severity === severity && row.movement === movement).map(({ n }) => n));
  return {
    severity,
    open: sum(here.map(({ n }) => n)),
    new: movedBy("new"),
    fixed: movedBy("fixed"),
    bySource: Object.fromEntries(here.map(({ source, n }) => [source, n])),
  };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
