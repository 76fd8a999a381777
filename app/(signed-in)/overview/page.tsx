import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { FreshnessBlock } from "#components/coverage/freshness-block.tsx";
import { NotScannedTile } from "#components/coverage/not-scanned-tile.tsx";
import { WorstFindings } from "#components/findings/worst-findings.tsx";
import { FixFirst } from "#components/fixes/fix-first.tsx";
import { OverviewView } from "#components/overview/overview-view.tsx";
import { RecentScans } from "#components/scans/recent-scans.tsx";
import { DueByTeamBlock } from "#components/sla/due-by-team.tsx";
import { OverdueTile } from "#components/sla/overdue-tile.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";
import { overviewQuery } from "#lib/client/overview.ts";
import { newQueryClient } from "#lib/client/query-client.ts";
import { dueByTeamQuery } from "#lib/client/sla.ts";
import { getOverview } from "#lib/db/read/overview.ts";
import { getDueByTeam } from "#lib/db/read/sla-teams.ts";
import { readTeams } from "#lib/domain/team-words.ts";
import { openWithTeam } from "../open-with-team.ts";

export const metadata = { title: "Overview" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function OverviewPage({ searchParams }: Props) {
  const { personId } = await currentPerson("findings:read");
  const written = await searchParams;
  await openWithTeam("/overview", written, personId);
  const team = readTeams(written.team);
  const asOf = [written.asOf ?? []].flat()[0] || undefined;
  const now = new Date();
  const queryClient = newQueryClient();
  // The same keys as in the browser, without the round trip to our own API.
  await Promise.all([
    queryClient.prefetchQuery({
      ...overviewQuery(team, asOf),
      queryFn: () => getOverview(personId, { team, asOf }, now),
    }),
    queryClient.prefetchQuery({ ...dueByTeamQuery(team, asOf), queryFn: () => getDueByTeam({ team, asOf }, now) }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <OverviewView
        overdue={<OverdueTile />}
        worst={<WorstFindings />}
        fixes={<FixFirst />}
        notScanned={<NotScannedTile />}
        freshness={<FreshnessBlock />}
        due={<DueByTeamBlock />}
        scans={<RecentScans />}
      />
    </HydrationBoundary>
  );
}
