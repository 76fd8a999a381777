import type { TeamRule } from "#lib/domain/team.ts";
import { toLikePattern } from "./like-pattern.ts";

/** A rule as the table `team_rule` has it, but for its team. */
export type RuleRow = TeamRule & { number: number; tag_key: string | null; like_pattern: string };

/** Rules with their places and what they look for. A tag without a value has any. */
export function toRuleRows(rules: TeamRule[]): RuleRow[] {
  return rules.map(({ kind, pattern }, index) => {
    const row = { number: index + 1, kind, pattern, tag_key: null, like_pattern: toLikePattern(pattern) };
    if (kind !== "tag") return row;
    const [, key = pattern, value = "*"] = /^([^=]+)=(.*)$/s.exec(pattern) ?? [];
    return { ...row, tag_key: key, like_pattern: toLikePattern(value) };
  });
}
