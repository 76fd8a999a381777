import type { IconName } from "#components/ui/icon.tsx";
import { formatPercent, formatScore } from "#components/ui/numbers.ts";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import { SOURCE_WORDS } from "./words.ts";

export type RankReason = { icon: IconName | "severity"; strong: string; rest: string; at?: string };

/** Why the finding stands where it does, in the order in which the rank weighs. */
export function rankReasons(finding: FindingWithDetail): RankReason[] {
  const reasons: RankReason[] = [severityReason(finding)];
  if (finding.knownExploited) {
    const since = finding.vulnerability.knownExploitedAt;
    reasons.push({
      icon: "target",
      strong: "Exploited in the wild",
      rest: since ? ": in CISA’s catalogue since " : ": in CISA’s catalogue",
      ...(since ? { at: since } : {}),
    });
  }
  if (finding.exploitAvailable === "yes") {
    reasons.push({ icon: "warn", strong: "An exploit is public", rest: ": an attack needs no research" });
  }
  if (finding.epss !== null) {
    reasons.push({
      icon: "trends",
      strong: `EPSS ${formatPercent(finding.epss)}`,
      rest: ": the chance of exploitation in the next 30 days. It moves daily and does not change the rank",
    });
  }
  for (const { metric, reason } of finding.detail.scoreAdjustments) {
    reasons.push({ icon: "info", strong: metric, rest: `: ${reason}` });
  }
  return reasons;
}

function severityReason({ severity, score, source }: FindingWithDetail): RankReason {
  const word = severity.charAt(0).toUpperCase() + severity.slice(1);
  if (score === null)
    return { icon: "severity", strong: word, rest: ` by ${SOURCE_WORDS[source]}, which gives no score` };
  return { icon: "severity", strong: word, rest: `, score ${formatScore(score)} from ${SOURCE_WORDS[source]}` };
}
