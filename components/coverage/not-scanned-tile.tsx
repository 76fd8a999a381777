"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { Fragment } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { countOf, formatCount } from "#components/ui/numbers.ts";
import { Headline, Tile } from "#components/ui/tile.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { overviewQuery } from "#lib/client/overview.ts";
import { useTeam } from "#lib/client/use-team.ts";
import type { Overview } from "#lib/domain/overview.ts";
import { coverageAddress } from "./coverage-address.ts";
import { reasonWord } from "./reason-word.ts";

const SHOWN = 2;

/** How much of what exists no source examines, and why. */
export function NotScannedTile() {
  const team = useTeam();
  const { data } = useQuery(overviewQuery(team));
  if (!data?.notScanned) return null;
  const { resources, notScanned, reasons } = data.notScanned;
  return (
    <Tile
      icon={<Icon name="coverage" />}
      name="Not scanned"
      countedHref={definitionAddress("not-scanned")}
      support={notScanned === 0 ? whyNone(resources) : <Reasons reasons={reasons.slice(0, SHOWN)} team={team} />}
    >
      <Headline
        href={coverageAddress({ team: team.join(",") })}
        value={formatCount(notScanned)}
        beside={`of ${countOf(resources, "resource")}`}
      />
    </Tile>
  );
}

/** Why, each with the resources that it is true of. */
function Reasons({ reasons, team }: { reasons: NonNullable<Overview["notScanned"]>["reasons"]; team: string[] }) {
  return reasons.map(({ reason, resources }, index) => (
    <Fragment key={reason}>
      {index > 0 ? ", " : null}
      <NextLink href={coverageAddress({ reason, team: team.join(",") })} prefetch={false} className="hover:underline">
        {formatCount(resources)} {inSentence(reasonWord(reason))}
      </NextLink>
    </Fragment>
  ));
}

const whyNone = (resources: number): string =>
  resources === 0 ? "No resource of a cloud is known yet" : "Every known resource is scanned";

const inSentence = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);
