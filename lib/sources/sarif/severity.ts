import type { SarifLevel, SarifResult, SarifRule } from "#lib/domain/sarif-log.ts";
import type { Severity } from "#lib/domain/severity.ts";

const OF_LEVEL: Record<SarifLevel, Severity> = { error: "high", warning: "medium", note: "low", none: "info" };

/**
 * How bad a result is. A score (`security-severity`, of the result or else of its rule) decides where there is one, by
 * the bounds of CVSS; else the level; else the rule's level. What the tool could not decide is untriaged.
 */
export function toSeverity(result: SarifResult, rule: SarifRule | null): { severity: Severity; score: number | null } {
  const score = toScore(result.properties) ?? toScore(rule?.properties);
  if (score !== null) return { severity: ofScore(score), score };
  return { severity: ofKind(result) ?? OF_LEVEL[levelOf(result, rule)], score: null };
}

function toScore(properties: unknown): number | null {
  if (typeof properties !== "object" || properties === null || !("security-severity" in properties)) return null;
  const told = properties["security-severity"];
  const score = typeof told === "string" && told.trim() !== "" ? Number(told) : told;
  return typeof score === "number" && score > 0 && score <= 10 ? score : null;
}

function ofScore(score: number): Severity {
  if (score >= 9) return "critical";
  if (score >= 7) return "high";
  return score >= 4 ? "medium" : "low";
}

function ofKind({ kind }: SarifResult): Severity | null {
  if (kind === "open" || kind === "review") return "untriaged";
  return kind === "informational" ? "info" : null;
}

function levelOf({ level }: SarifResult, rule: SarifRule | null): SarifLevel {
  return level ?? rule?.defaultConfiguration?.level ?? "warning";
}
