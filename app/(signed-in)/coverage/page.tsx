import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { readCoverageAddress } from "#components/coverage/coverage-address.ts";
import { CoverageView } from "#components/coverage/coverage-view.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";
import { coverageQuery } from "#lib/client/coverage.ts";
import { newQueryClient } from "#lib/client/query-client.ts";
import { getCoverage } from "#lib/db/read/coverage.ts";
import { openWithTeam } from "../open-with-team.ts";

export const metadata = { title: "Coverage" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function CoveragePage({ searchParams }: Props) {
  const { personId } = await currentPerson("findings:read");
  const written = await searchParams;
  await openWithTeam("/coverage", written, personId);
  const filter = readCoverageAddress(written);
  const queryClient = newQueryClient();
  // The same key as in the browser, without the round trip to our own API.
  await queryClient.prefetchInfiniteQuery({ ...coverageQuery(filter), queryFn: () => getCoverage(filter) });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <CoverageView />
    </HydrationBoundary>
  );
}
