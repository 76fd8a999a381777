import type { IconName } from "#components/ui/icon.tsx";
import { formatPercent, formatScore } from "#components/ui/numbers.ts";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import type { SlaField } from "#lib/domain/sla-words.ts";
import { SOURCE_WORDS } from "./words.ts";

/** A reason in words: its point, then the rest, in which an instant is told as a day, an age, or from now. */
export type RankReason = {
  icon: IconName | "severity";
  strong: string;
  rest: (string | { at: string; format: "day" | "age" | "relative" })[];
};

/** Why the finding stands where it does, in the order in which the rank weighs. */
export function rankReasons(finding: FindingWithDetail): RankReason[] {
  return [
    severityReason(finding),
    ...finding.detail.scoreAdjustments.map(
      ({ metric, reason }): RankReason => ({ icon: "info", strong: metric, rest: [`: ${reason}`] }),
    ),
    ...(finding.knownExploited ? [exploitedReason(finding)] : []),
    ...(finding.exploitAvailable === "yes" ? [PUBLIC_EXPLOIT] : []),
  ];
}

const PUBLIC_EXPLOIT: RankReason = {
  icon: "warn",
  strong: "An exploit is public",
  rest: [": an attack needs no research"],
};

function severityReason(finding: FindingWithDetail): RankReason {
  const { severity, sourceSeverity, severityOverride, score, source } = finding;
  const strong = severity.charAt(0).toUpperCase() + severity.slice(1);
  const scored = score === null ? "gives no score" : `gives ${formatScore(score)}${otherScore(finding)}`;
  if (severityOverride) {
    const by = ` by ${severityOverride.userName}: “${severityOverride.reason}”. `;
    return { icon: "severity", strong, rest: [by, `${SOURCE_WORDS[source]} says ${sourceSeverity} and ${scored}`] };
  }
  if (score === null) return { icon: "severity", strong, rest: [` by ${SOURCE_WORDS[source]}, which ${scored}`] };
  return {
    icon: "severity",
    strong,
    rest: [`, score ${formatScore(score)} from ${SOURCE_WORDS[source]}${otherScore(finding)}`],
  };
}

/** What the vulnerability is given in itself, where the source made another score of it for this resource. */
function otherScore({ score, vulnerability: { cvss } }: FindingWithDetail): string {
  const [base] = cvss;
  if (!base || score === null || formatScore(base.score) === formatScore(score)) return "";
  return `, where ${base.source} gives ${formatScore(base.score)}`;
}

function exploitedReason({ vulnerability: { knownExploitedAt, knownExploit } }: FindingWithDetail): RankReason {
  return {
    icon: "target",
    strong: "Exploited in the wild",
    rest: [
      ": in CISA’s catalogue",
      ...(knownExploitedAt ? [" since ", { at: knownExploitedAt, format: "day" as const }] : []),
      ...(knownExploit?.isRansomware ? [", and used by ransomware"] : []),
      ...(knownExploit?.dueAt
        ? ["; US agencies had to fix it by ", { at: knownExploit.dueAt, format: "day" as const }]
        : []),
    ],
  };
}

/** What a person weighs too, though the order does not. */
export function otherReasons(finding: FindingWithDetail): RankReason[] {
  const { epss, vulnerability, exposures, status, issue, dueAt, dueBy } = finding;
  const reasons: RankReason[] = [];
  if (epss !== null) reasons.push(epssReason(epss, vulnerability));
  if (exposures.length > 0) {
    const ports = exposures.map(({ port }) => portWords(port)).join(", ");
    reasons.push({ icon: "globe", strong: "Reachable from outside", rest: [`: ${ports} of the same resource`] });
  }
  if (status !== "closed") {
    const at = issue.openedAt;
    reasons.push({
      icon: "clock",
      strong: "Open",
      rest: [" for ", { at, format: "age" }, ", since ", { at, format: "day" }],
    });
  }
  if (dueAt && status !== "closed")
    reasons.push({ icon: "clock", strong: "Due", rest: [" ", { at: dueAt, format: "relative" }, dueWords(dueBy)] });
  return reasons;
}

const DUE_WORDS: Record<SlaField, string> = {
  critical: "critical",
  high: "high",
  medium: "medium",
  low: "low",
  exploited: "known exploited",
  reachable: "reachable",
};

function dueWords(dueBy: FindingWithDetail["dueBy"]): string {
  if (dueBy === null) return "";
  if (dueBy.kind === "person") return dueBy.userName ? `, set by ${dueBy.userName}` : ", set by a person";
  return `: ${dueBy.days} d for ${DUE_WORDS[dueBy.field]}, by the SLA policy`;
}

function epssReason(epss: number, { epssAt, epssPercentile }: FindingWithDetail["vulnerability"]): RankReason {
  return {
    icon: "trends",
    strong: `EPSS ${formatPercent(epss)}`,
    rest: [
      ": the chance of exploitation in the next 30 days",
      ...(epssPercentile === null ? [] : [`, above ${shareBelow(epssPercentile)} of all CVEs`]),
      ...(epssAt ? [", as of ", { at: epssAt, format: "day" as const }] : []),
    ],
  };
}

/** Rounded down: nothing is above all of them, itself included. */
function shareBelow(percentile: number): string {
  const percent = percentile * 100;
  return `${percent > 99 ? Math.floor(percent * 10) / 10 : Math.floor(percent)}\u00a0%`;
}

/** "tcp/22" as "TCP 22". */
function portWords(port: string): string {
  const [protocol = "", range = ""] = port.split("/");
  return `${protocol.toUpperCase()} ${range}`;
}
