import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { FreshnessBlock } from "#components/coverage/freshness-block.tsx";
import { NotScannedTile } from "#components/coverage/not-scanned-tile.tsx";
import { WorstFindings } from "#components/findings/worst-findings.tsx";
import { FixFirst } from "#components/fixes/fix-first.tsx";
import { OverviewView } from "#components/overview/overview-view.tsx";
import { RecentScans } from "#components/scans/recent-scans.tsx";
import { DueByTeamBlock } from "#components/sla/due-by-team.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";
import { overviewQuery } from "#lib/client/overview.ts";
import { newQueryClient } from "#lib/client/query-client.ts";
import { getOverview } from "#lib/db/read/overview.ts";

export const metadata = { title: "Overview" };

export default async function OverviewPage() {
  const { personId } = await currentPerson("findings:read");
  const queryClient = newQueryClient();
  // The same key as in the browser, without the round trip to our own API.
  await queryClient.prefetchQuery({ ...overviewQuery(), queryFn: () => getOverview(personId, new Date()) });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <OverviewView
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
