import type { SlaRule } from "#lib/domain/sla.ts";
import type { SlaField } from "#lib/domain/sla-words.ts";

/** What days are set for, in the words of the page. */
export const FIELD_WORDS: Record<SlaField, string> = {
  critical: "Critical",
  high: "High",
  medium: "Medium",
  low: "Low",
  exploited: "Known exploited",
  reachable: "Reachable",
};

/** Whom a rule is for. */
export const scopeWord = ({ level, id }: Pick<SlaRule, "level" | "id">, name: string | null): string =>
  level === "organisation" ? "Everybody" : `${level === "team" ? "Team" : "Account"} ${name ?? id}`;
