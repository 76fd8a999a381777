import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { redirect } from "next/navigation";
import { TrendsTabs } from "#components/sla/trends-tabs.tsx";
import { readTrendsAddress } from "#components/trends/trends-address.ts";
import { TrendsView } from "#components/trends/trends-view.tsx";
import { toMovementsQuery } from "#components/trends/waterfall-rows.ts";
import { currentPerson } from "#lib/auth/current-person.ts";
import { newQueryClient } from "#lib/client/query-client.ts";
import { codeMetricsQuery, movementsQuery, openAgeQuery, remediationQuery, trendsQuery } from "#lib/client/trends.ts";
import { getCodeMetrics } from "#lib/db/read/code-metrics.ts";
import { getMovements } from "#lib/db/read/movements.ts";
import { getOpenAge } from "#lib/db/read/open-age.ts";
import { getRemediation } from "#lib/db/read/remediation.ts";
import { findTeamScope } from "#lib/db/read/teams.ts";
import { getTrends } from "#lib/db/read/trends.ts";
import type { TrendsQuery } from "#lib/domain/trends.ts";

export const metadata = { title: "Trends" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function TrendsPage({ searchParams }: Props) {
  const { personId } = await currentPerson("findings:read");
  const written = await searchParams;
  const team = Object.keys(written).length === 0 ? await findTeamScope(personId) : null;
  if (team) redirect(`/trends?team=${team.id}`);
  const now = new Date();
  const { query, scope, moveSeverity } = readTrendsAddress(written, now);
  const queryClient = newQueryClient();
  // The same keys as in the browser, without the round trip to our own API.
  const prefetch = (wanted: TrendsQuery) =>
    queryClient.prefetchQuery({ ...trendsQuery(wanted), queryFn: () => getTrends(wanted, now) });
  const moved = toMovementsQuery(query, moveSeverity);
  const days = { from: query.from, to: query.to };
  const [clocks, code] = [
    { ...scope, ...days },
    { ...days, severity: [] },
  ];
  await Promise.all([
    prefetch({ ...query, by: "severity" }),
    query.by === "severity" ? null : prefetch(query),
    queryClient.prefetchQuery({ ...remediationQuery(clocks), queryFn: () => getRemediation(clocks, now) }),
    queryClient.prefetchQuery({ ...movementsQuery(moved), queryFn: () => getMovements(moved, now) }),
    queryClient.prefetchQuery({ ...openAgeQuery(scope), queryFn: () => getOpenAge(scope, now) }),
    queryClient.prefetchQuery({ ...codeMetricsQuery(code), queryFn: () => getCodeMetrics(code, now) }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <TrendsView tabs={<TrendsTabs />} />
    </HydrationBoundary>
  );
}
