import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { TrendsTabs } from "#components/sla/trends-tabs.tsx";
import { toCodeMetricsQuery } from "#components/trends/code-metrics-query.ts";
import { toComparedQueries } from "#components/trends/comparison.ts";
import { toMoversQuery } from "#components/trends/movers-query.ts";
import { readTrendsAddress, type TrendsAddress } from "#components/trends/trends-address.ts";
import { AgePart, CodePart, ComparePart, FlowPart, MoversPart, WhyPart } from "#components/trends/trends-parts.tsx";
import { PART_HEIGHTS, PartSkeleton } from "#components/trends/trends-skeleton.tsx";
import { TrendsView } from "#components/trends/trends-view.tsx";
import { toMovementsQuery } from "#components/trends/waterfall-rows.ts";
import { currentPerson } from "#lib/auth/current-person.ts";
import { annotationsQuery, toAnnotationsInput } from "#lib/client/annotations.ts";
import { newQueryClient } from "#lib/client/query-client.ts";
import * as asked from "#lib/client/trends.ts";
import { listAnnotations } from "#lib/db/read/annotations.ts";
import { getHistory } from "#lib/db/read/as-of.ts";
import { getCodeMetrics } from "#lib/db/read/code-metrics.ts";
import { getForecast } from "#lib/db/read/forecast.ts";
import { getMovements } from "#lib/db/read/movements.ts";
import { getMovers } from "#lib/db/read/movers.ts";
import { getOpenAge } from "#lib/db/read/open-age.ts";
import { getRemediation } from "#lib/db/read/remediation.ts";
import { getReopenedRate } from "#lib/db/read/reopened.ts";
import { getTrends } from "#lib/db/read/trends.ts";
import { toDay } from "#lib/domain/day.ts";
import { openWithTeam } from "../open-with-team.ts";
import { AskedLater } from "./asked.tsx";

export const metadata = { title: "Trends" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function TrendsPage({ searchParams }: Props) {
  const { personId, permissions } = await currentPerson("findings:read");
  const written = await searchParams;
  await openWithTeam("/trends", written, personId);
  const now = new Date();
  const { firstSyncAt } = await getHistory();
  const firstDay = firstSyncAt && toDay(firstSyncAt);
  const address = readTrendsAddress(written, now, firstDay);
  const { query } = address;
  const days = { from: query.from, to: query.to };
  const client = newQueryClient();
  // The same keys as in the browser, without the round trip to our own API.
  const { by, ...clocks } = query;
  await Promise.all([
    ...[...new Set(["severity" as const, by])].map((key) => {
      const trend = { ...query, by: key };
      return client.prefetchQuery({ ...asked.trendsQuery(trend), queryFn: () => getTrends(trend, now) });
    }),
    client.prefetchQuery({ ...asked.remediationQuery(clocks), queryFn: () => getRemediation(clocks, now) }),
    client.prefetchQuery({
      ...annotationsQuery(days),
      queryFn: async () => (await listAnnotations(toAnnotationsInput(days))).items,
    }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <TrendsView
        firstDay={firstDay}
        canNote={permissions.has("annotations:write")}
        tabs={<TrendsTabs />}
        parts={toParts(address, now)}
      />
    </HydrationBoundary>
  );
}

/** What follows below, each part with the questions that it asks. */
function toParts({ query, age, forecast, moveSeverity, codeSeverity, movers, comparison }: TrendsAddress, now: Date) {
  const { by: _, ...clocks } = query;
  const moved = toMovementsQuery(query, moveSeverity);
  const most = toMoversQuery(query, movers);
  const code = toCodeMetricsQuery(query, codeSeverity);
  const compared = comparison ? toComparedQueries(query, comparison) : [];
  return {
    compare: (
      <AskedLater
        fallback={comparison ? <PartSkeleton height={PART_HEIGHTS.compare} /> : null}
        ask={(client) =>
          Promise.all(
            compared.flatMap((side) => {
              const why = toMovementsQuery(side, null);
              return [
                client.prefetchQuery({ ...asked.trendsQuery(side), queryFn: () => getTrends(side, now) }),
                client.prefetchQuery({ ...asked.movementsQuery(why), queryFn: () => getMovements(why, now) }),
              ];
            }),
          )
        }
      >
        <ComparePart />
      </AskedLater>
    ),
    why: (
      <AskedLater
        fallback={<PartSkeleton height={PART_HEIGHTS.why} />}
        ask={(client) =>
          client.prefetchQuery({ ...asked.movementsQuery(moved), queryFn: () => getMovements(moved, now) })
        }
      >
        <WhyPart />
      </AskedLater>
    ),
    flow: (
      <AskedLater
        fallback={<PartSkeleton height={PART_HEIGHTS.flow} />}
        ask={(client) =>
          Promise.all([
            client.prefetchQuery({ ...asked.forecastQuery(forecast), queryFn: () => getForecast(forecast, now) }),
            client.prefetchQuery({ ...asked.reopenedQuery(clocks), queryFn: () => getReopenedRate(clocks, now) }),
          ])
        }
      >
        <FlowPart />
      </AskedLater>
    ),
    age: (
      <AskedLater
        fallback={<PartSkeleton height={PART_HEIGHTS.age} />}
        ask={(client) => client.prefetchQuery({ ...asked.openAgeQuery(age), queryFn: () => getOpenAge(age, now) })}
      >
        <AgePart />
      </AskedLater>
    ),
    movers: (
      <AskedLater
        fallback={<PartSkeleton height={PART_HEIGHTS.movers} />}
        ask={(client) => client.prefetchQuery({ ...asked.moversQuery(most), queryFn: () => getMovers(most, now) })}
      >
        <MoversPart />
      </AskedLater>
    ),
    code: (
      <AskedLater
        fallback={<PartSkeleton height={PART_HEIGHTS.code} />}
        ask={(client) =>
          client.prefetchQuery({ ...asked.codeMetricsQuery(code), queryFn: () => getCodeMetrics(code, now) })
        }
      >
        <CodePart />
      </AskedLater>
    ),
  };
}
