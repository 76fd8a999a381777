import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { readSlaAddress } from "#components/sla/sla-address.ts";
import { SlaView } from "#components/sla/sla-view.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";
import { newQueryClient } from "#lib/client/query-client.ts";
import { complianceQuery, policyQuery, slaStandingQuery } from "#lib/client/sla.ts";
import { getCompliance } from "#lib/db/read/sla-compliance.ts";
import { getPolicy } from "#lib/db/read/sla-policy.ts";
import { getSlaStanding } from "#lib/db/read/sla-standing.ts";
import { openWithTeam } from "../../open-with-team.ts";

export const metadata = { title: "SLA" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SlaPage({ searchParams }: Props) {
  const { permissions, personId } = await currentPerson("findings:read");
  const written = await searchParams;
  await openWithTeam("/trends/sla", written, personId);
  const now = new Date();
  const scope = readSlaAddress(written);
  const queryClient = newQueryClient();
  // The same keys as in the browser, without the round trip to our own API.
  await Promise.all([
    queryClient.prefetchQuery({ ...slaStandingQuery(scope), queryFn: () => getSlaStanding(scope, now) }),
    queryClient.prefetchQuery({ ...complianceQuery(scope), queryFn: () => getCompliance(scope, now) }),
    queryClient.prefetchQuery({ ...policyQuery(), queryFn: getPolicy }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <SlaView canChange={permissions.has("sla:write")} />
    </HydrationBoundary>
  );
}
