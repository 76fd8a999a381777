"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { Block } from "#components/ui/block.tsx";
import { useNow } from "#components/ui/clock.tsx";
import { CountedLink } from "#components/ui/counted-link.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { countOf, formatCount } from "#components/ui/numbers.ts";
import { formatAsOf } from "#components/ui/times.ts";
import { UntrustedText, visibleText } from "#components/ui/untrusted-text.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { openListAddress } from "#lib/client/list-address.ts";
import { overviewQuery } from "#lib/client/overview.ts";
import { useTeam } from "#lib/client/use-team.ts";
import type { FreshnessScope, FreshnessState } from "#lib/domain/freshness.ts";
import { accountName, byAccount } from "./by-account.ts";
import { FreshnessGaps } from "./freshness-gaps.tsx";
import { FRESHNESS_LOOKS } from "./freshness-looks.ts";

const STATES = Object.keys(FRESHNESS_LOOKS) as FreshnessState[]; // Object.keys forgets the keys' type

/** Whether the last sync of every account × region × source worked; what did not is named with its reason. */
export function FreshnessBlock() {
  const team = useTeam();
  const { data } = useQuery(overviewQuery(team));
  if (!data?.freshness) return null;
  const { scopes } = data.freshness;
  const accounts = byAccount(scopes);
  return (
    <Block
      title="Freshness"
      note={`${countOf(accounts.length, "account")}, ${countOf(scopes.length, "place")} by region and source${team.length > 0 ? ", of all teams" : ""}`}
      actions={
        <>
          <StateCounts scopes={scopes} />
          <CountedLink href={definitionAddress("freshness")} of="Freshness" />
        </>
      }
      flush
    >
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(132px,1fr))] gap-x-3 gap-y-2.5 px-3.5 pb-3.5">
        {accounts.map(({ accountId, name, scopes: places }) => (
          <li key={accountId} className="min-w-0">
            <span className="flex gap-0.5">
              {places.map((scope) => (
                <FreshnessCell key={`${scope.region} ${scope.source}`} scope={scope} />
              ))}
            </span>
            <UntrustedText text={name} className="mt-0.5 block truncate text-11 text-text-3" />
          </li>
        ))}
      </ul>
      <FreshnessGaps scopes={scopes} />
    </Block>
  );
}

function StateCounts({ scopes }: { scopes: FreshnessScope[] }) {
  const counts = STATES.map((state) => ({ state, count: scopes.filter((scope) => scope.state === state).length }));
  return (
    <ul className="flex flex-wrap gap-x-3.5 gap-y-1 text-12 text-text-2">
      {counts
        .filter(({ count }) => count > 0)
        .map(({ state, count }) => (
          <li key={state} className="flex items-center gap-1.5">
            <span data-fill aria-hidden="true" className={`size-2.5 rounded-[2px] ${FRESHNESS_LOOKS[state].cell}`} />
            {formatCount(count)} {FRESHNESS_LOOKS[state].word.toLowerCase()}
          </li>
        ))}
    </ul>
  );
}

function FreshnessCell({ scope }: { scope: FreshnessScope }) {
  const now = useNow();
  const { word, icon, cell, tone } = FRESHNESS_LOOKS[scope.state];
  const when = scope.lastWholePassAt ? `, last whole pass ${formatAsOf(new Date(scope.lastWholePassAt), now)}` : "";
  const words = visibleText(`${accountName(scope)}, ${scope.region}, ${scope.source}: ${word.toLowerCase()}${when}`);
  return (
    <NextLink
      href={openListAddress({ accountId: [scope.accountId], source: [scope.source] }, { region: [scope.region] })}
      prefetch={false}
      title={words}
      data-fill
      className={`grid h-[18px] min-w-2 flex-1 place-items-center rounded-[3px] hover:opacity-80 ${cell}`}
    >
      <span className="sr-only">{words}</span>
      {icon ? <Icon name={icon} className={`size-3 ${tone}`} /> : null}
    </NextLink>
  );
}
