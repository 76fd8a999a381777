import type { ReportScope } from "./period-report.ts";

/** Which part of all findings, in words: "All findings", or "Team Payments, critical and high". */
export function toScopeWords(scope: ReportScope, names: Record<string, string>): string {
  const named = (ids: string[]) => ids.map((id) => names[id] ?? id).join(", ");
  const parts = [
    scope.team.length > 0 ? `team ${named(scope.team)}` : "",
    scope.accountId.length > 0 ? `account ${named(scope.accountId)}` : "",
    scope.severity.join(" and "),
    scope.source.join(" and "),
  ].filter((part) => part !== "");
  if (parts.length === 0) return "All findings";
  const words = parts.join(", ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
