import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { FindingsAddressBar } from "#components/findings/address-bar.tsx";
import { FIXES_LEAVE_OUT, readFixesAddress } from "#components/fixes/fixes-address.ts";
import { FixesView } from "#components/fixes/fixes-view.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";
import { fixesQuery } from "#lib/client/fixes.ts";
import { newQueryClient } from "#lib/client/query-client.ts";
import { listFixes } from "#lib/db/read/fixes.ts";
import { openWithTeam } from "../../open-with-team.ts";

export const metadata = { title: "Fixes" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function FixesPage({ searchParams }: Props) {
  const { personId } = await currentPerson("findings:read");
  const written = await searchParams;
  await openWithTeam("/findings/fixes", written, personId);
  const filter = readFixesAddress(written);
  const queryClient = newQueryClient();
  // The same key as in the browser, without the round trip to our own API.
  await queryClient.prefetchInfiniteQuery({ ...fixesQuery(filter), queryFn: () => listFixes(filter) });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <FixesView bar={<FindingsAddressBar without={FIXES_LEAVE_OUT} />} />
    </HydrationBoundary>
  );
}
