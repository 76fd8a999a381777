"use client";
import { useQuery } from "@tanstack/react-query";
import { codeMetricsQuery } from "#lib/client/trends.ts";
import type { TrendsQuery } from "#lib/domain/trends.ts";
import { CodeFindingsOverview } from "./code-findings-overview.tsx";
import { CodeFixOverview } from "./code-fix-overview.tsx";

/** The two views that CodeGuru Security had, by its definitions: code scans alone. */
export function CodeMetricsBlocks({ query: { from, to } }: { query: TrendsQuery }) {
  const { data } = useQuery(codeMetricsQuery({ from, to, severity: [] }));
  if (!data) return null;
  return (
    <>
      <CodeFindingsOverview findings={data.findings} />
      <CodeFixOverview fixes={data.fixes} />
    </>
  );
}
