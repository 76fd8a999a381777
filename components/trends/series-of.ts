import type { Line, Series } from "#components/charts/series.ts";
import { severityWord } from "#components/ui/severity.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import type { SourceName } from "#lib/domain/finding.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { TrendDay, Trends } from "#lib/domain/trends.ts";

/** A severity has one colour everywhere. */
const SEVERITY_PAINT: Record<Severity, { fill: string; swatch: string; stroke: string }> = {
  critical: { fill: "fill-sev-critical", swatch: "bg-sev-critical", stroke: "text-sev-critical" },
  high: { fill: "fill-sev-high", swatch: "bg-sev-high", stroke: "text-sev-high" },
  medium: { fill: "fill-sev-medium", swatch: "bg-sev-medium", stroke: "text-sev-medium" },
  low: { fill: "fill-sev-low", swatch: "bg-sev-low", stroke: "text-sev-low" },
  untriaged: { fill: "fill-sev-untriaged", swatch: "bg-sev-untriaged", stroke: "text-sev-untriaged" },
  info: { fill: "fill-sev-info", swatch: "bg-sev-info", stroke: "text-sev-info" },
};
export const SOURCE_WORDS: Record<SourceName, string> = {
  inspector: "Inspector",
  codeguru: "Code scans",
  sarif: "SARIF imports",
};
const isSource = (key: string): key is SourceName => key in SOURCE_WORDS;
const PAINTS = [
  { fill: "fill-chart-1", swatch: "bg-chart-1", stroke: "text-chart-1" },
  { fill: "fill-chart-2", swatch: "bg-chart-2", stroke: "text-chart-2" },
  { fill: "fill-chart-3", swatch: "bg-chart-3", stroke: "text-chart-3" },
  { fill: "fill-chart-4", swatch: "bg-chart-4", stroke: "text-chart-4" },
  { fill: "fill-chart-5", swatch: "bg-chart-5", stroke: "text-chart-5" },
];
const REST_PAINT = { fill: "fill-chart-neutral", swatch: "bg-chart-neutral", stroke: "text-chart-neutral" };

/** One band: what it adds up, and its paint. */
export type Band = Series & { keys: string[] /** The class of its line. */; stroke: string };

/** The bands of a trend from the base up. More than six accounts are five and the rest together. */
export function bandsOf({ by, keys }: Pick<Trends, "by" | "keys">): Band[] {
  if (by === "severity") {
    return SEVERITIES.map((key) => ({ key, keys: [key], name: severityWord(key), ...SEVERITY_PAINT[key] }));
  }
  // One that is left over has a name; two are the first others.
  const rest = keys.length > PAINTS.length + 1 ? keys.slice(PAINTS.length).map(({ key }) => key) : [];
  const own = keys.slice(0, keys.length - rest.length).map(({ key, label }, index) => ({
    key,
    keys: [key],
    name: by === "source" && isSource(key) ? SOURCE_WORDS[key] : visibleText(label),
    ...(PAINTS[index] ?? REST_PAINT),
  }));
  if (rest.length === 0) return own;
  return [...own, { key: REST, keys: rest, name: `${rest.length} others`, ...REST_PAINT }];
}

const REST = "rest";

/**
 * The bands as lines of the same colours. Neighbours differ by their stroke too. What is many together is none: as a
 * line it would only press the others down.
 */
export const toLines = (bands: Band[]): Line[] =>
  bands
    .filter(({ key }) => key !== REST)
    .map(({ key, name, stroke }, index) => ({ key, name, stroke, isDashed: index % 2 === 1 }));

export const sumOfKeys = (counts: TrendDay["open"], keys: string[]): number =>
  keys.reduce((sum, key) => sum + (counts[key] ?? 0), 0);

export const sumOfAll = (counts: TrendDay["open"]): number => sumOfKeys(counts, Object.keys(counts));
