import type { EngineFinding, EngineSeverity, SkippedFile } from "../engine/engine-finding.ts";
import type { Report } from "./report.ts";

const COLOUR: Record<EngineSeverity, string> = { Critical: "1;31", High: "31", Medium: "33", Low: "34", Info: "2" };
const MOST_SKIPPED_LINES = 20;

/** The report for a person at a terminal, worst first. Text from files is printed as text, never as a command to it. */
export function toTable(report: Report, hasColour: boolean): string {
  const paint = (code: string, text: string) => (hasColour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const isNew = new Set(report.newFindings);
  const findings = report.findings.map((finding) => toBlock(finding, isNew.has(finding), paint));
  return [...findings, ...toSkippedLines(report.skippedFiles), toSummary(report)].join("\n");
}

function toBlock(finding: EngineFinding, isNew: boolean, paint: (code: string, text: string) => string): string {
  const known = isNew ? "" : " (in the baseline)";
  const lines = [
    `${paint(COLOUR[finding.severity], finding.severity)}  ${finding.title}${known}`,
    `  ${harmless(finding.path)}:${finding.startLine}  ${finding.detectorId}`,
    ...finding.snippet.map(({ number, content }) => toCodeLine(number, content, finding)),
    `  ${finding.recommendation.text}`,
    ...finding.suggestedFixes.flatMap(({ description, code }) => [
      `  Fix: ${description}`,
      ...harmless(code)
        .split("\n")
        .map((line) => `    ${line}`),
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

function toCodeLine(number: number, content: string, { startLine, endLine }: EngineFinding): string {
  const mark = number >= startLine && number <= endLine ? ">" : " ";
  return `  ${mark} ${String(number).padStart(5)}  ${harmless(content)}`;
}

function toSkippedLines(skipped: SkippedFile[]): string[] {
  if (skipped.length === 0) return [];
  const shown = skipped.slice(0, MOST_SKIPPED_LINES).map(({ path, reason }) => `  ${harmless(path)} (${reason})`);
  const more = skipped.length - shown.length;
  return ["Not analysed:", ...shown, ...(more > 0 ? [`  and ${more} more`] : []), ""];
}

function toSummary({ findings, newFindings, filesScanned, linesScanned }: Report): string {
  const counts = Map.groupBy(findings, ({ severity }) => severity);
  const bySeverity = [...counts].map(([severity, { length }]) => `${length} ${severity.toLowerCase()}`).join(", ");
  const fresh = newFindings.length === findings.length ? "" : `, ${newFindings.length} not in the baseline`;
  const found = findings.length === 0 ? "no findings" : `${findings.length} findings (${bySeverity})${fresh}`;
  return `${filesScanned} files, ${linesScanned} lines: ${found}.`;
}

/** Control characters could move the cursor or rename the window: each is shown as a mark. Tabs and lines stay. */
function harmless(text: string): string {
  return text.replaceAll(/[^\P{C}\t\n]/gu, "\uFFFD");
}
