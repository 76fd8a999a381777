import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { ReportsBlock } from "#components/reports/reports-block.tsx";
import { RetentionBlock } from "#components/reports/retention-block.tsx";
import { SchedulesBlock } from "#components/reports/schedules-block.tsx";
import { TrendsTabs } from "#components/sla/trends-tabs.tsx";
import { Page } from "#components/ui/block.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";
import { newQueryClient } from "#lib/client/query-client.ts";
import { MOST_LISTED, reportsQuery } from "#lib/client/reports.ts";
import { listReports } from "#lib/db/read/period-reports.ts";
import { reportsFilterSchema } from "#lib/domain/period-report.ts";

export const metadata: Metadata = { title: "Reports" };

export default async function ReportsPage() {
  const { permissions } = await currentPerson("findings:read");
  const queryClient = newQueryClient();
  await queryClient.prefetchQuery({
    ...reportsQuery(),
    queryFn: () => listReports(reportsFilterSchema.parse({ limit: MOST_LISTED }), new Date()),
  });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <Page title="Reports" text="A month or a quarter on one page, to hand on">
        <div className="mb-4">
          <TrendsTabs />
        </div>
        <div className="grid gap-4">
          <ReportsBlock canMake={permissions.has("reports:write")} />
          {permissions.has("reports:write") ? <SchedulesBlock /> : null}
          <RetentionBlock canChange={permissions.has("settings:write")} />
        </div>
      </Page>
    </HydrationBoundary>
  );
}
