import { BarList } from "#components/charts/bar-list.tsx";
import { ChartFigure } from "#components/charts/chart-figure.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { openListAddress } from "#lib/client/list-address.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { SlaStanding, SlaStandingQuery } from "#lib/domain/sla.ts";

const TITLE = "How long overdue";
const LEFT: Severity[] = ["critical", "high"];
const RIGHT: Severity[] = ["medium", "low", "untriaged", "info"];
const SIDES = {
  left: { name: "Critical and high", swatch: "bg-sev-high" },
  right: { name: "The others", swatch: "bg-sev-low" },
};

type Age = SlaStanding["ages"][number];

/** For how long what is overdue has been so, the worse ones at the left. */
export function BreachAges({ standing, scope }: { standing: SlaStanding; scope: SlaStandingQuery }) {
  const toRow = (age: Age) => {
    const amount = (severities: Severity[]) => {
      const shown = scope.severity.length === 0 ? severities : severities.filter((one) => scope.severity.includes(one));
      const range = `${age.fromDays}..${age.toDays ?? ""}`;
      return {
        value: shown.reduce((sum, severity) => sum + (age.bySeverity[severity] ?? 0), 0),
        href: openListAddress(
          { ...scope, severity: shown.length > 0 ? shown : severities },
          { overdueDays: [range], sort: "due", asOf: standing.asOf ?? undefined },
        ),
      };
    };
    return { label: toLabel(age), left: amount(LEFT), right: amount(RIGHT) };
  };
  return (
    <ChartFigure
      title={TITLE}
      note="Overdue findings by whole days since they were due."
      countedHref={definitionAddress("overdue")}
    >
      <BarList name={TITLE} sides={SIDES} rows={standing.ages.map(toRow)} label="Days overdue" />
    </ChartFigure>
  );
}

function toLabel({ fromDays, toDays }: Age): string {
  return toDays === null ? `${fromDays} d or more` : `${fromDays} to ${toDays} d`;
}
