import NextLink from "next/link";
import type { ReactNode } from "react";
import { ChartFigure } from "#components/charts/chart-figure.tsx";
import { formatChange, formatCount } from "#components/ui/numbers.ts";
import { Severity } from "#components/ui/severity.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { definitionAddress } from "#lib/client/definition-address.ts";
import { openListAddress } from "#lib/client/list-address.ts";
import type { CodeMetrics } from "#lib/domain/code-metrics.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { Severity as SeverityName } from "#lib/domain/severity.ts";
import { CodeFigure } from "./code-figure.tsx";

const SOURCE = { source: ["codeguru" as const] };
/** Informational findings never counted there. */
const COUNTED: SeverityName[] = SEVERITIES.filter((severity) => severity !== "info");
const LAST_WEEK = "against a week ago";

/** What is open in code: how bad, of which kind, in which scans. */
export function CodeFindingsOverview({ findings }: { findings: CodeMetrics["findings"] }) {
  const { open, critical, distribution, topVulnerabilities, mostOpen, mostCritical } = findings;
  return (
    <ChartFigure
      title="Code scans: findings overview"
      note="As CodeGuru Security counted: code scans alone, informational findings left out."
      countedHref={definitionAddress("code-findings")}
    >
      <div className="grid gap-x-8 gap-y-5 pb-2 md:grid-cols-2 lg:grid-cols-4">
        <dl className="grid content-start gap-3">
          <CodeFigure
            name="Open"
            value={formatCount(open.value)}
            change={open}
            since={LAST_WEEK}
            href={openListAddress(SOURCE, { severity: COUNTED })}
          />
          <CodeFigure
            name="Critical"
            value={formatCount(critical.value)}
            change={critical}
            since={LAST_WEEK}
            href={openListAddress(SOURCE, { severity: ["critical"] })}
          />
        </dl>
        <Ranked title="By severity" isEmpty={open.value === 0}>
          {COUNTED.filter((severity) => severity !== "untriaged" || distribution.untriaged).map((severity) => (
            <Entry
              key={severity}
              count={distribution[severity] ?? 0}
              href={openListAddress(SOURCE, { severity: [severity] })}
            >
              <Severity severity={severity} small />
            </Entry>
          ))}
        </Ranked>
        <Ranked title="Top vulnerabilities" isEmpty={topVulnerabilities.length === 0}>
          {topVulnerabilities.map(({ detectorId, title, findings: count, before }) => (
            <Entry
              key={detectorId}
              count={count}
              href={openListAddress(SOURCE, { detectorId: [detectorId], severity: COUNTED })}
              change={count - before}
            >
              <UntrustedText text={title} />
            </Entry>
          ))}
        </Ranked>
        <div className="grid content-start gap-4">
          <Ranked title="Scans with most open" isEmpty={mostOpen.length === 0}>
            {mostOpen.map(({ scanName, findings: count }) => (
              <Entry
                key={scanName}
                count={count}
                href={openListAddress(SOURCE, { scanName: [scanName], severity: COUNTED })}
              >
                <UntrustedText text={scanName} />
              </Entry>
            ))}
          </Ranked>
          <Ranked title="Scans with most critical" isEmpty={mostCritical.length === 0}>
            {mostCritical.map(({ scanName, findings: count }) => (
              <Entry
                key={scanName}
                count={count}
                href={openListAddress(SOURCE, { scanName: [scanName], severity: ["critical"] })}
              >
                <UntrustedText text={scanName} />
              </Entry>
            ))}
          </Ranked>
        </div>
      </div>
    </ChartFigure>
  );
}

function Ranked({ title, isEmpty, children }: { title: string; isEmpty: boolean; children: ReactNode }) {
  return (
    <div>
      <h3 className="text-12 font-medium text-text-3">{title}</h3>
      {isEmpty ? <p className="py-1 text-text-2">None</p> : <ol className="divide-y divide-line">{children}</ol>}
    </div>
  );
}

function Entry(props: { count: number; href: string; change?: number; children: ReactNode }) {
  const { count, href, change, children } = props;
  return (
    <li className="flex items-center gap-2 py-1">
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {change ? <span className="text-12 text-text-3">{formatChange(change)}</span> : null}
      <NextLink href={href} prefetch={false} className={count === 0 ? "text-text-3" : "font-medium hover:underline"}>
        {formatCount(count)}
      </NextLink>
    </li>
  );
}
