"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { Block } from "#components/ui/block.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { codeMetricsQuery } from "#lib/client/trends.ts";
import type { CodeMetrics } from "#lib/domain/code-metrics.ts";
import type { Severity } from "#lib/domain/severity.ts";
import type { TrendsQuery } from "#lib/domain/trends.ts";
import { ChartPlaceholder } from "./chart-placeholder.tsx";
import { CodeFindingsOverview } from "./code-findings-overview.tsx";
import { CodeFixOverview } from "./code-fix-overview.tsx";
import { toCodeMetricsQuery } from "./code-metrics-query.ts";

const TITLE = "Code scans";

type CodeMetricsBlocksProps = {
  query: TrendsQuery;
  /** Whose fixes are told; null = of all that count. */
  severity: Severity | null;
  onSeverity: (severity: Severity | null) => void;
};

/** The two views that CodeGuru Security had, by its definitions: code scans alone. */
export function CodeMetricsBlocks({ query, severity, onSeverity }: CodeMetricsBlocksProps) {
  const { data, error } = useQuery(codeMetricsQuery(toCodeMetricsQuery(query, severity)));
  if (!data && error) {
    return (
      <Block title={TITLE} note="As CodeGuru Security counted">
        <ChartPlaceholder height={96} error={error} />
      </Block>
    );
  }
  if (!data) return null;
  if (severity === null && hasNothing(data)) return <NoCode />;
  return (
    <>
      {query.team.length + query.accountId.length > 0 ? (
        <Banner kind="note">What follows is of all code scans, whichever accounts and teams are chosen.</Banner>
      ) : null}
      <CodeFindingsOverview findings={data.findings} />
      <CodeFixOverview fixes={data.fixes} severity={severity} onSeverity={onSeverity} />
    </>
  );
}

const hasNothing = ({ findings, fixes }: CodeMetrics): boolean =>
  [findings.open, fixes.closed, fixes.opened].every(({ value, before }) => value === 0 && !before);

function NoCode() {
  return (
    <Block title={TITLE} note="As CodeGuru Security counted">
      <p className="text-text-2">
        No code scan has found anything in these days.{" "}
        <NextLink href="/scans/new" className="link">
          Scan a zip
        </NextLink>
      </p>
    </Block>
  );
}
