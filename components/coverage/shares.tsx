import NextLink from "next/link";
import { Block } from "#components/ui/block.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { formatCount, formatPercent } from "#components/ui/numbers.ts";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { CoverageFilter } from "#lib/client/coverage.ts";
import type { Coverage } from "#lib/domain/coverage.ts";
import { resourceTypeName } from "#lib/domain/resource-type.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { accountName } from "./by-account.ts";
import { coverageAddress } from "./coverage-address.ts";
import { reasonWord } from "./reason-word.ts";

type Share = {
  key: string;
  name: string;
  notScanned: number;
  resources: number | null;
  href: string;
  isChosen: boolean;
};

/** How much is not scanned, by reason, type, account and team; each narrows the list below to what it counts. */
export function Shares({ coverage, filter }: { coverage: Coverage; filter: CoverageFilter }) {
  const { reasons, byType, byAccount, byTeam } = coverage;
  // Whose resources they are stays said.
  const team = { team: filter.team.join(",") };
  const all = coverageAddress(team);
  return (
    <div
      className={classNames(
        "grid items-start gap-4",
        byTeam.length > 0 ? "md:grid-cols-2 xl:grid-cols-4" : "md:grid-cols-3",
      )}
    >
      <ShareBlock
        title="Why"
        all={all}
        shares={reasons.map(({ reason, resources }) => ({
          key: reason,
          name: reasonWord(reason),
          notScanned: resources,
          resources: null,
          href: coverageAddress({ ...team, reason }),
          isChosen: filter.reason.includes(reason),
        }))}
      />
      <ShareBlock
        title="By type"
        all={all}
        shares={byType.map(({ resourceType, ...counts }) => ({
          key: resourceType,
          name: resourceTypeName(resourceType),
          ...counts,
          href: coverageAddress({ ...team, resourceType }),
          isChosen: filter.resourceType.includes(resourceType),
        }))}
      />
      <ShareBlock
        title="By account"
        all={all}
        shares={byAccount.map(({ accountId, accountName: name, ...counts }) => ({
          key: accountId,
          name: accountName({ accountId, accountName: name }),
          ...counts,
          href: coverageAddress({ ...team, accountId }),
          isChosen: filter.accountId.includes(accountId),
        }))}
      />
      {byTeam.length > 0 ? (
        <ShareBlock
          title="By team"
          all={coverageAddress()}
          shares={byTeam.map(({ teamId, teamName, ...counts }) => ({
            key: teamId ?? NO_TEAM,
            name: teamName ?? "No team",
            ...counts,
            href: coverageAddress({ team: teamId ?? NO_TEAM }),
            isChosen: filter.team.includes(teamId ?? NO_TEAM),
          }))}
        />
      ) : null}
    </div>
  );
}

/** `all`: where one that is chosen leads, to be chosen no longer. */
function ShareBlock({ title, shares, all }: { title: string; shares: Share[]; all: string }) {
  return (
    <Block title={title} flush>
      <ul className="max-h-64 overflow-y-auto border-t border-line py-1">
        {shares.map(({ key, name, notScanned, resources, href, isChosen }) => (
          <li key={key}>
            <NextLink
              href={isChosen ? all : href}
              prefetch={false}
              aria-current={isChosen ? "true" : undefined}
              className={classNames(
                "flex min-h-7 items-center gap-2 px-3.5 hover:bg-raised",
                isChosen && "bg-accent-soft",
              )}
            >
              <UntrustedText text={name} className="min-w-0 flex-1 truncate" />
              <span className={notScanned === 0 ? "text-text-3" : "font-medium"}>{formatCount(notScanned)}</span>
              {resources === null ? null : (
                <span className="w-24 text-right text-12 text-text-3">
                  of {formatCount(resources)}, {formatPercent(resources === 0 ? 0 : notScanned / resources)}
                </span>
              )}
            </NextLink>
          </li>
        ))}
      </ul>
    </Block>
  );
}
