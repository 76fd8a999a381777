"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { Block } from "#components/ui/block.tsx";
import { CountedLink } from "#components/ui/counted-link.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { withTeam } from "#lib/client/list-address.ts";
import { overviewQuery } from "#lib/client/overview.ts";
import { useTeam } from "#lib/client/use-team.ts";
import { FixEffect } from "./fix-effect.tsx";
import { FixWords, fixKey } from "./fix-words.tsx";
import { SeverityStack } from "./severity-stack.tsx";

/** The changes that close the most, each with the list that it would close. */
export function FixFirst() {
  const team = useTeam();
  const { data } = useQuery(overviewQuery(team));
  if (!data?.fixes) return null;
  const { fixes } = data;
  const most = Math.max(1, ...fixes.map(({ findings }) => findings));
  const actions = (
    <>
      <NextLink href={withTeam("/findings/fixes", team)} className="link text-12">
        All fixes
      </NextLink>
      <CountedLink href={definitionAddress("fix-first")} of="Fix first" />
    </>
  );
  return (
    <Block title="Fix first" note="One change that closes the most" actions={actions} flush>
      {fixes.length === 0 ? (
        <p className="border-t border-line px-3.5 py-3 text-text-2">No open finding has a fix yet.</p>
      ) : (
        <ol className="divide-y divide-line border-t border-line">
          {fixes.map((fix) => (
            <li key={fixKey(fix)} className="relative flex items-center gap-3.5 px-3.5 py-2 hover:bg-raised">
              <FixEffect fix={fix}>
                <NextLink
                  href={`/findings?${fix.filter}`}
                  prefetch={false}
                  className="block truncate font-medium after:absolute after:inset-0 max-md:whitespace-normal"
                >
                  <FixWords fix={fix} />
                </NextLink>
              </FixEffect>
              <SeverityStack fix={fix} most={most} />
            </li>
          ))}
        </ol>
      )}
    </Block>
  );
}
