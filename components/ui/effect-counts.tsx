import { countOf, formatCount } from "./numbers.ts";
import { SEVERITY_NAMES, Severity, type SeverityName } from "./severity.tsx";
import { ExploitedTag } from "./tag.tsx";
import { UntrustedText } from "./untrusted-text.tsx";

type SeverityCountsProps = { bySeverity: Partial<Record<SeverityName, number>>; knownExploited: number };

/** How many of each severity an act would change, worst first, and how many of all are known exploited. */
export function SeverityCounts({ bySeverity, knownExploited }: SeverityCountsProps) {
  return (
    <>
      {SEVERITY_NAMES.map((severity) =>
        bySeverity[severity] ? (
          <span key={severity} className="inline-flex items-center gap-1.5">
            {formatCount(bySeverity[severity])} <Severity severity={severity} />
          </span>
        ) : null,
      )}
      {knownExploited > 0 ? <ExploitedTag word={`${formatCount(knownExploited)} known exploited`} /> : null}
    </>
  );
}

const MOST_ACCOUNTS = 3;

type AccountCountsProps = {
  accounts: { accountId: string; accountName: string | null; count: number }[];
  accountCount: number;
};

/** "In payments (3), web (2) and 4 more accounts." */
export function AccountCounts({ accounts, accountCount }: AccountCountsProps) {
  const shown = accounts.slice(0, MOST_ACCOUNTS);
  const rest = accountCount - shown.length;
  return (
    <>
      In{" "}
      {shown.map(({ accountId, accountName, count }, index) => (
        <span key={accountId}>
          {index > 0 ? ", " : ""}
          <UntrustedText text={accountName ?? accountId} />
          {accountCount > 1 ? ` (${formatCount(count)})` : ""}
        </span>
      ))}
      {rest > 0 ? ` and ${countOf(rest, "more account")}` : ""}.{" "}
    </>
  );
}
