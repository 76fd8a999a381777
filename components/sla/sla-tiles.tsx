import { Icon } from "#components/ui/icon.tsx";
import { countOf, formatCount, formatPercent } from "#components/ui/numbers.ts";
import { Headline, Tile, Tiles } from "#components/ui/tile.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { openListAddress } from "#lib/client/list-address.ts";
import type { Due } from "#lib/domain/finding-filter.ts";
import type { SlaCount, SlaStanding, SlaStandingQuery } from "#lib/domain/sla.ts";

/** How many are late, how many soon will be, and how much stands within its time. */
export function SlaTiles({ standing, scope }: { standing: SlaStanding; scope: SlaStandingQuery }) {
  const { overdue, atRisk, inTime, undated } = standing.all;
  const list = (due: Due[]) => openListAddress(scope, { due, sort: "due", asOf: standing.asOf ?? undefined });
  const dated = overdue.issues + atRisk.issues + inTime.issues;
  return (
    <Tiles label="Due dates">
      <Tile
        icon={<Icon name="warn" className="text-bad-text" />}
        name="Overdue"
        countedHref={definitionAddress("overdue")}
        support={issuesOf(overdue)}
      >
        <Headline href={list(["overdue"])} value={formatCount(overdue.findings)} />
      </Tile>
      <Tile
        icon={<Icon name="clock" className="text-warn-text" />}
        name="At risk"
        countedHref={definitionAddress("at-risk")}
        support={issuesOf(atRisk)}
      >
        <Headline href={list(["at-risk"])} value={formatCount(atRisk.findings)} />
      </Tile>
      <Tile
        icon={<Icon name="check" className="text-ok-text" />}
        name="Open and in time"
        countedHref={definitionAddress("sla")}
        support={`${countOf(dated - overdue.issues, "issue")} of ${formatCount(dated)} with a due date`}
      >
        <Headline
          href={list(["week", "later"])}
          value={dated === 0 ? "–" : formatPercent((dated - overdue.issues) / dated)}
        />
      </Tile>
      <Tile
        icon={<Icon name="help" className="text-text-3" />}
        name="Without a due date"
        countedHref={definitionAddress("due-date")}
        support="The policy sets no days for them, and no person has"
      >
        <Headline href={list(["none"])} value={formatCount(undated.findings)} />
      </Tile>
    </Tiles>
  );
}

const issuesOf = ({ issues, findings }: SlaCount): string =>
  `${findings === 1 ? "finding" : "findings"} of ${countOf(issues, "issue")}`;
