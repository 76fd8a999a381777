import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { redirect } from "next/navigation";
import { readFindingsAddress } from "#components/findings/findings-address.ts";
import { FindingsWorkspace } from "#components/findings/findings-workspace.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";
import {
  findingFacetsQuery,
  findingGroupsQuery,
  findingQuery,
  findingsQuery,
  listColumnsQuery,
} from "#lib/client/findings.ts";
import { newQueryClient } from "#lib/client/query-client.ts";
import { getFindingFacets } from "#lib/db/read/finding-facets.ts";
import { listFindingGroups } from "#lib/db/read/finding-groups.ts";
import { getListColumns } from "#lib/db/read/list-columns.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { findDefaultView } from "#lib/db/read/saved-views.ts";
import { openFinding } from "#lib/usecases/open-finding.ts";
import { openWithTeam } from "../../open-with-team.ts";

export const metadata = { title: "Findings" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function FindingsPage({ searchParams }: Props) {
  const { personId } = await currentPerson("findings:read");
  const written = await searchParams;
  if (Object.keys(written).length === 0) {
    const view = await findDefaultView(personId);
    if (view) redirect(`/findings?${view.query}&view=${view.id}`);
    await openWithTeam("/findings?status=active", written, personId);
  }
  // Status is always in the address, so that a link says what it shows.
  if (written.status === undefined)
    redirect(`/findings?${new URLSearchParams(toPairs({ status: "active", ...written }))}`);
  const { filter, by, openId } = readFindingsAddress(written);
  const queryClient = newQueryClient();
  // The same keys as in the browser, without the round trip to our own API.
  await Promise.all([
    queryClient.prefetchInfiniteQuery({ ...findingsQuery(filter), queryFn: () => listFindings(filter) }),
    queryClient.prefetchQuery({ ...listColumnsQuery(), queryFn: () => getListColumns(personId) }),
    queryClient.prefetchQuery({ ...findingFacetsQuery(filter, 0), queryFn: () => getFindingFacets(filter) }),
    ...(by === null
      ? []
      : [
          queryClient.prefetchInfiniteQuery({
            ...findingGroupsQuery(filter, by),
            queryFn: () => listFindingGroups({ ...filter, limit: 50, by }),
          }),
        ]),
    ...(openId === null
      ? []
      : [queryClient.prefetchQuery({ ...findingQuery(openId), queryFn: () => openFinding(openId) })]),
  ]);
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <FindingsWorkspace />
    </HydrationBoundary>
  );
}

function toPairs(written: Awaited<Props["searchParams"]>): [string, string][] {
  return Object.entries(written).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, [value].flat().join(",")]],
  );
}
