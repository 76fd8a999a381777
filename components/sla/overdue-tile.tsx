"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { Icon } from "#components/ui/icon.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { Headline, Tile } from "#components/ui/tile.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { openListAddress } from "#lib/client/list-address.ts";
import { dueByTeamQuery } from "#lib/client/sla.ts";
import { useAsOf } from "#lib/client/use-as-of.ts";
import { useTeam } from "#lib/client/use-team.ts";
import type { Due } from "#lib/domain/finding-filter.ts";

/** What is late, and what will be within seven days. */
export function OverdueTile() {
  const team = useTeam();
  const asOf = useAsOf();
  const { data } = useQuery(dueByTeamQuery(team, asOf));
  const list = (due: Due) => openListAddress({ team }, { due: [due], sort: "due", asOf: asOf && data?.asOf });
  return (
    <Tile
      icon={<Icon name="warn" className={data && data.overdue > 0 ? "text-bad-text" : undefined} />}
      name="Overdue"
      countedHref={definitionAddress("overdue")}
      support={data ? <DueSoon count={data.dueInWeek} href={list("week")} /> : null}
    >
      <Headline href={list("overdue")} value={data ? formatCount(data.overdue) : "–"} />
    </Tile>
  );
}

function DueSoon({ count, href }: { count: number; href: string }) {
  if (count === 0) return "Nothing is due within 7 days";
  return (
    <NextLink href={href} prefetch={false} className="hover:underline">
      {formatCount(count)} due within 7 days
    </NextLink>
  );
}
