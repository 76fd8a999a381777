"use client";
import { useQuery } from "@tanstack/react-query";
import { ChartFigure } from "#components/charts/chart-figure.tsx";
import { Waterfall } from "#components/charts/waterfall.tsx";
import { Button } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuChoices } from "#components/ui/menu.tsx";
import { severityWord } from "#components/ui/severity.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { movementsQuery } from "#lib/client/trends.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { TrendsQuery } from "#lib/domain/trends.ts";
import { ChartPlaceholder } from "./chart-placeholder.tsx";
import { toMovementsQuery, toWaterfallRows, toWaterfallTable } from "./waterfall-rows.ts";

const TITLE = "Why it moved";
const ALL = "all";
const CHOICES = [
  { value: ALL, label: "All severities" } as const,
  ...SEVERITIES.map((value) => ({ value, label: severityWord(value) })),
];

type WaterfallChartProps = {
  query: TrendsQuery;
  /** Whose movements are drawn; null = of all together. */
  severity: Severity | null;
  onSeverity: (severity: Severity | null) => void;
};

/** Why the number of open findings is another one at the end of these days than before them. */
export function WaterfallChart({ query, severity, onSeverity }: WaterfallChartProps) {
  const asked = toMovementsQuery(query, severity);
  const { data } = useQuery(movementsQuery(asked));
  const word = severity ? severityWord(severity) : "All severities";
  return (
    <ChartFigure
      title={TITLE}
      note={`${word}: what was open before these days, what came and went, and what is open at their end.`}
      actions={
        <Menu
          trigger={
            <Button size="small">
              {word}
              <Icon name="down" className="text-text-3" />
            </Button>
          }
        >
          <MenuChoices
            label="Why it moved, of"
            choices={CHOICES}
            value={severity ?? ALL}
            onChange={(value) => onSeverity(value === ALL ? null : value)}
          />
        </Menu>
      }
      countedHref={definitionAddress("why-it-moved")}
      table={data && toWaterfallTable(data, asked)}
    >
      {data ? <Waterfall name={TITLE} rows={toWaterfallRows(data, asked)} /> : <ChartPlaceholder height={246} />}
    </ChartFigure>
  );
}
