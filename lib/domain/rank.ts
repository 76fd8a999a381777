import type { Severity } from "./severity.ts";

const SEVERITY_WEIGHT: Record<Severity, number> = { critical: 5, high: 4, medium: 3, low: 2, untriaged: 1, info: 0 };

/** Tenths of a score for what has none, so that code findings stand among the others. For the order only. */
const TENTHS_WITHOUT_SCORE: Record<Severity, number> = {
  critical: 95,
  high: 80,
  medium: 55,
  low: 25,
  untriaged: 0,
  info: 0,
};

/** What the order of the list depends on. `score` is CVSS, 0 to 10. EPSS is left out: it moves every day. */
export type Rankable = { severity: Severity; score: number | null; knownExploited: boolean; exploitAvailable: boolean };

/** The place in the list, higher is worse: severity, then score, then known exploited, then exploit available. */
export function toRank({ severity, score, knownExploited, exploitAvailable }: Rankable): number {
  const tenths = score === null ? TENTHS_WITHOUT_SCORE[severity] : Math.round(score * 10);
  return SEVERITY_WEIGHT[severity] * 1000 + tenths * 4 + (knownExploited ? 2 : 0) + (exploitAvailable ? 1 : 0);
}
