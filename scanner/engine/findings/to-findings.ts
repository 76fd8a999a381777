import { createHash } from "node:crypto";
import type { EngineFinding, EngineSeverity, EngineStep } from "../engine-finding.ts";
import type { Hit } from "../interpret/run.ts";
import type { TaintStep } from "../interpret/value.ts";
import type { Place } from "../ir/nodes.ts";

const CONTEXT_LINES = 3;
const MAX_SNIPPET_LINES = 20;
const MAX_LINE = 400;
const MAX_STEP = 200;
const MAX_FINGERPRINT_LINES = 5;

const SEVERITY_ORDER: Record<EngineSeverity, number> = { Critical: 0, High: 1, Medium: 2, Low: 3, Info: 4 };

/** Who controls these has access to the system already, so the harm is one step less. */
const LOCAL_KINDS = new Set(["cli", "environment"]);
const LESS: Record<EngineSeverity, EngineSeverity> = {
  Critical: "Medium",
  High: "Low",
  Medium: "Low",
  Low: "Info",
  Info: "Info",
};

/** Turns hits into findings: one for each detector and line, the most severe. `sources` are the texts of all files they touch. */
export function toFindings(hits: Hit[], sources: ReadonlyMap<string, string>): EngineFinding[] {
  const lines = linesOf(sources);
  const byPlace = new Map<string, EngineFinding>();
  for (const hit of hits) {
    const finding = toFinding(hit, lines);
    const key = placeOfFinding(finding);
    const known = byPlace.get(key);
    if (known === undefined || SEVERITY_ORDER[finding.severity] < SEVERITY_ORDER[known.severity])
      byPlace.set(key, finding);
  }
  return [...byPlace.values()].sort(compareFindings);
}

/** Two findings with the same are one. */
export function placeOfFinding({ detectorId, path, startLine }: EngineFinding): string {
  return `${detectorId}:${path}:${startLine}`;
}

type Lines = (path: string) => string[];

function linesOf(sources: ReadonlyMap<string, string>): Lines {
  const split = new Map<string, string[]>();
  return (path) => {
    const known = split.get(path) ?? (sources.get(path) ?? "").split(/\r?\n/u);
    split.set(path, known);
    return known;
  };
}

/** Most severe first, then by path and line. */
export function compareFindings(a: EngineFinding, b: EngineFinding): number {
  return (
    SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity] ||
    (a.path < b.path ? -1 : Number(a.path > b.path)) ||
    a.startLine - b.startLine ||
    a.detectorId.localeCompare(b.detectorId)
  );
}

function toFinding({ detector, place, taint, severity = detector.severity }: Hit, linesAt: Lines): EngineFinding {
  const { path } = place;
  const lines = linesAt(path);
  const name = detector.id.slice(detector.id.indexOf("/") + 1, detector.id.indexOf("@"));
  return {
    detectorId: detector.id,
    detectorName: detector.name,
    detectorTags: detector.tags,
    ruleId: `${detector.language}-${name}`,
    title: `${detector.cwes[0]} - ${detector.name}`,
    description: detector.description,
    severity: taint !== null && LOCAL_KINDS.has(taint.kind) ? LESS[severity] : severity,
    cwes: detector.cwes,
    path,
    startLine: place.line,
    endLine: Math.max(place.line, place.endLine),
    fingerprint: fingerprintOf(detector.id, lines.slice(place.line - 1, place.endLine)),
    snippet: snippetOf(lines, place.line, place.endLine),
    steps: taint === null ? [] : stepsOf(linesAt, taint.step, place),
    recommendation: detector.remediation,
    suggestedFixes: [],
  };
}

/** Of the code alone, blanks aside: neither moving nor reformatting a line changes it. */
function fingerprintOf(detectorId: string, lines: string[]): string {
  const code = lines.slice(0, MAX_FINGERPRINT_LINES).join("").replace(/\s+/gu, "");
  return createHash("sha256").update(`${detectorId}\n${code}`).digest("hex").slice(0, 32);
}

function snippetOf(lines: string[], startLine: number, endLine: number): EngineFinding["snippet"] {
  const first = Math.max(1, startLine - CONTEXT_LINES);
  const last = Math.min(lines.length, endLine + CONTEXT_LINES, first + MAX_SNIPPET_LINES - 1);
  return lines
    .slice(first - 1, last)
    .map((line, index) => ({ number: first + index, content: line.slice(0, MAX_LINE) }));
}

function stepsOf(linesAt: Lines, lastStep: TaintStep, sink: Place): EngineStep[] {
  const places: Place[] = [];
  for (let step: TaintStep | null = lastStep; step !== null; step = step.previous) places.unshift(step.place);
  const last = places.at(-1);
  if (places.length > 1 && last?.line === sink.line && last.path === sink.path) places.pop();
  const toStep = ({ path, line }: Place, label: EngineStep["label"]): EngineStep => {
    return { path, line, label, content: (linesAt(path)[line - 1] ?? "").trim().slice(0, MAX_STEP) };
  };
  return [...places.map((place, index) => toStep(place, index === 0 ? "source" : "step")), toStep(sink, "sink")];
}
