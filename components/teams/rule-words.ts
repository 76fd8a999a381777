import type { TeamRule, TeamRuleKind } from "#lib/domain/team.ts";

/** What a rule looks at, in the words of the page; and how its pattern is written. */
export const RULE_WORDS: Record<TeamRuleKind, { word: string; example: string }> = {
  account: { word: "Account", example: "482100010193" },
  tag: { word: "Tag", example: "team=payments" },
  image: { word: "Image repository", example: "payments/*" },
  function: { word: "Function", example: "checkout-*" },
  repository: { word: "Code repository", example: "acme/payments-*" },
  scan: { word: "Scan", example: "payments-*" },
};

/** "Account 4821…, tag team=payments". */
export const ruleText = ({ kind, pattern }: Pick<TeamRule, "kind" | "pattern">): string =>
  `${RULE_WORDS[kind].word} ${pattern}`;
