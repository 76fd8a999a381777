"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { Block } from "#components/ui/block.tsx";
import { codeMetricsQuery } from "#lib/client/trends.ts";
import type { CodeMetrics } from "#lib/domain/code-metrics.ts";
import type { TrendsQuery } from "#lib/domain/trends.ts";
import { CodeFindingsOverview } from "./code-findings-overview.tsx";
import { CodeFixOverview } from "./code-fix-overview.tsx";

/** The two views that CodeGuru Security had, by its definitions: code scans alone. */
export function CodeMetricsBlocks({ query: { from, to } }: { query: TrendsQuery }) {
  const { data } = useQuery(codeMetricsQuery({ from, to, severity: [] }));
  if (!data) return null;
  if (hasNothing(data)) return <NoCode />;
  return (
    <>
      <CodeFindingsOverview findings={data.findings} />
      <CodeFixOverview fixes={data.fixes} />
    </>
  );
}

const hasNothing = ({ findings, fixes }: CodeMetrics): boolean =>
  [findings.open, fixes.closed, fixes.opened].every(({ value, before }) => value === 0 && !before);

function NoCode() {
  return (
    <Block title="Code scans" note="As CodeGuru Security counted">
      <p className="text-text-2">
        No code scan has found anything in these days.{" "}
        <NextLink href="/scans/new" className="link">
          Scan a zip
        </NextLink>
      </p>
    </Block>
  );
}
