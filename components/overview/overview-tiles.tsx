import NextLink from "next/link";
import { Fragment, type ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { countOf, formatChange, formatCount } from "#components/ui/numbers.ts";
import { SeverityGlyph } from "#components/ui/severity.tsx";
import { Headline, Tile, Tiles } from "#components/ui/tile.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { movedListAddress, openListAddress } from "#lib/client/list-address.ts";
import { useTeam } from "#lib/client/use-team.ts";
import type { GroupKey } from "#lib/domain/finding-groups.ts";
import type { Movement } from "#lib/domain/lifecycle-event.ts";
import type { Overview } from "#lib/domain/overview.ts";
import type { TrendScope } from "#lib/domain/trends.ts";
import { changeTone } from "./change-tone.ts";
import { sinceWords, toListAsOf } from "./told-of.ts";

/** What a person asks first. Each number opens the list that it counts. */
export function OverviewTiles(props: {
  overview: Overview;
  isPast: boolean;
  overdue: ReactNode;
  notScanned: ReactNode;
}) {
  const { overview, isPast, overdue, notScanned } = props;
  const { critical, knownExploited, since } = overview;
  const team = useTeam();
  const asOf = toListAsOf(overview, isPast);
  const exploited = openListAddress({ team }, { knownExploited: ["yes"], asOf });
  const ofCritical = { severity: ["critical" as const], team };
  const change = critical.before === null ? null : critical.open - critical.before;
  const moved = (movement: Movement, scope: Partial<TrendScope> = { team }) =>
    movedListAddress(scope, { movement: [movement], movedFrom: since.from, movedTo: since.to });
  return (
    <Tiles label="Headlines">
      <Tile
        icon={<SeverityGlyph severity="critical" />}
        name="Critical, open"
        countedHref={definitionAddress("open")}
        support={
          <Counts
            nothing="None new, none fixed"
            counts={[
              { value: critical.new, word: "new", href: moved("new", ofCritical) },
              { value: critical.fixed, word: "fixed", href: moved("fixed", ofCritical) },
            ]}
          />
        }
      >
        <Headline
          href={openListAddress(ofCritical, { asOf })}
          value={formatCount(critical.open)}
          beside={change === null ? null : <span className={changeTone(change)}>{formatChange(change)}</span>}
        />
      </Tile>
      {overdue}
      <Tile
        icon={<Icon name="target" />}
        name="Actively exploited"
        countedHref={definitionAddress("actively-exploited")}
        support={
          <>
            <Grouped list={exploited} by="cve">
              {countOf(knownExploited.vulnerabilities, "CVE")}
            </Grouped>{" "}
            on{" "}
            <Grouped list={exploited} by="resource">
              {countOf(knownExploited.resources, "resource")}
            </Grouped>
          </>
        }
      >
        <Headline href={exploited} value={formatCount(knownExploited.findings)} />
      </Tile>
      <Tile
        icon={<Icon name="refresh" />}
        name={sinceWords(since, isPast)}
        countedHref={definitionAddress("since-your-last-visit")}
        support={
          <Counts
            nothing="Nothing else moved"
            counts={[
              { value: since.reopened, word: "reopened", href: moved("reopened") },
              { value: since.resourceGone, word: "gone", href: moved("resource-gone") },
              { value: since.notReported, word: "not reported", href: moved("not-reported") },
              { value: since.suppressed, word: "suppressed", href: moved("suppressed") },
            ]}
          />
        }
      >
        <Headline href={moved("new")} value={formatCount(since.new)} beside="new" />
        <Headline href={moved("fixed")} value={formatCount(since.fixed)} beside="fixed" />
      </Tile>
      {notScanned}
    </Tiles>
  );
}

/** A list in groups. */
function Grouped({ list, by, children }: { list: string; by: GroupKey; children: ReactNode }) {
  return (
    <NextLink href={`${list}&by=${by}`} prefetch={false} className="hover:underline">
      {children}
    </NextLink>
  );
}

/** "3 reopened, 18 gone": what is 0 is left out, unless all of it is. */
function Counts(props: { counts: { value: number; word: string; href: string }[]; nothing: string }) {
  const { counts, nothing } = props;
  const shown = counts.filter(({ value }) => value > 0);
  if (shown.length === 0) return nothing;
  return shown.map(({ value, word, href }, index) => (
    <Fragment key={word}>
      {index > 0 ? ", " : null}
      <NextLink href={href} prefetch={false} className="hover:underline">
        {formatCount(value)} {word}
      </NextLink>
    </Fragment>
  ));
}
