import NextLink from "next/link";
import { countOf } from "#components/ui/numbers.ts";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import { accountWord } from "./words.ts";

type Elsewhere = NonNullable<FindingWithDetail["elsewhere"]>;

/** Where else the same vulnerability is open: each number leads to its list. */
export function SameElsewhere({ finding, elsewhere }: { finding: FindingWithDetail; elsewhere: Elsewhere }) {
  const { findings, places, accounts, moreAccounts } = elsewhere;
  return (
    <>
      <p>
        <NextLink className="link" href={toList(finding)}>
          {countOf(findings, "more finding")}
        </NextLink>{" "}
        in {countOf(places, "other place")}.
      </p>
      <ul className="grid gap-1 text-12">
        {accounts.map((account) => (
          <li key={account.id} className="flex items-baseline gap-2">
            <span className="min-w-0 flex-1 truncate">
              <UntrustedText text={accountWord(account.id, account.name)} />
            </span>
            <NextLink className="link flex-none tabular-nums" href={toList(finding, account.id)}>
              {countOf(account.findings, "finding")}
            </NextLink>
            <span className="flex-none text-text-3">in {countOf(account.places, "place")}</span>
          </li>
        ))}
      </ul>
      {moreAccounts > 0 ? <p className="text-12 text-text-3">and in {countOf(moreAccounts, "more account")}</p> : null}
    </>
  );
}

/** The list of what is counted: without what is open here. */
function toList({ cve, vulnerability, issueId }: FindingWithDetail, accountId?: string): string {
  const query = new URLSearchParams({ status: "active", "-issueId": issueId });
  query.set(cve === null ? "detectorId" : "cve", cve ?? vulnerability.name);
  if (accountId) query.set("accountId", accountId);
  return `/findings?${query}`;
}
