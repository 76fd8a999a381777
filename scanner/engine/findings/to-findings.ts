import { createHash } from "node:crypto";
import type { EngineFinding, EngineSeverity, EngineStep } from "../engine-finding.ts";
import type { Hit } from "../interpret/run.ts";
import type { TaintStep } from "../interpret/value.ts";

const CONTEXT_LINES = 3;
const MAX_SNIPPET_LINES = 20;
const MAX_LINE = 400;
const MAX_STEP = 200;
const MAX_FINGERPRINT_LINES = 5;

const SEVERITY_ORDER: Record<EngineSeverity, number> = { Critical: 0, High: 1, Medium: 2, Low: 3, Info: 4 };

/** Turns hits in one file into findings: one for each detector and line, in order of lines. */
export function toFindings(file: { path: string; text: string }, hits: Hit[]): EngineFinding[] {
  const lines = file.text.split(/\r?\n/u);
  const byPlace = new Map<string, EngineFinding>();
  for (const hit of hits) {
    const key = `${hit.detector.id}:${hit.place.line}`;
    if (!byPlace.has(key)) byPlace.set(key, toFinding(file.path, lines, hit));
  }
  return [...byPlace.values()].sort((a, b) => a.startLine - b.startLine || a.detectorId.localeCompare(b.detectorId));
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

function toFinding(path: string, lines: string[], { detector, place, taint }: Hit): EngineFinding {
  const name = detector.id.slice(detector.id.indexOf("/") + 1, detector.id.indexOf("@"));
  return {
    detectorId: detector.id,
    detectorName: detector.name,
    detectorTags: detector.tags,
    ruleId: `${detector.language}-${name}`,
    title: `${detector.cwes[0]} - ${detector.name}`,
    description: detector.description,
    severity: detector.severity,
    cwes: detector.cwes,
    path,
    startLine: place.line,
    endLine: Math.max(place.line, place.endLine),
    fingerprint: fingerprintOf(detector.id, lines.slice(place.line - 1, place.endLine)),
    snippet: snippetOf(lines, place.line, place.endLine),
    steps: taint === null ? [] : stepsOf(path, lines, taint.step, place.line),
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

function stepsOf(path: string, lines: string[], lastStep: TaintStep, sinkLine: number): EngineStep[] {
  const numbers: number[] = [];
  for (let step: TaintStep | null = lastStep; step !== null; step = step.previous) numbers.unshift(step.place.line);
  const content = (line: number) => (lines[line - 1] ?? "").trim().slice(0, MAX_STEP);
  const steps = numbers.map((line, index): EngineStep => {
    return { path, line, label: index === 0 ? "source" : "step", content: content(line) };
  });
  const isAtSink = steps.length > 1 && steps.at(-1)?.line === sinkLine;
  if (isAtSink) steps.pop();
  return [...steps, { path, line: sinkLine, label: "sink", content: content(sinkLine) }];
}
