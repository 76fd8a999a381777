import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { Frame } from "#components/shell/frame.tsx";
import { SampleBanner } from "#components/shell/sample-banner.tsx";
import { TeamNote } from "#components/shell/team-note.tsx";
import { readTheme, THEME_COOKIE } from "#components/shell/theme.ts";
import { TopBar } from "#components/shell/top-bar.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";
import { freshnessQuery } from "#lib/client/freshness.ts";
import { newQueryClient } from "#lib/client/query-client.ts";
import { sampleQuery } from "#lib/client/sample.ts";
import { teamChoiceQuery } from "#lib/client/teams.ts";
import { getFreshness } from "#lib/db/read/freshness.ts";
import { getSample } from "#lib/db/read/sample.ts";
import { getTeamChoice } from "#lib/db/read/teams.ts";

export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const { personId, userName, role } = await currentPerson();
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value);
  const queryClient = newQueryClient();
  // In the first picture already, so that nothing moves when the answers come.
  await Promise.all([
    queryClient.prefetchQuery({ ...sampleQuery(), queryFn: getSample }),
    queryClient.prefetchQuery({ ...freshnessQuery(), queryFn: () => getFreshness(new Date()) }),
    queryClient.prefetchQuery({ ...teamChoiceQuery(), queryFn: () => getTeamChoice(personId) }),
  ]);
  const top = (
    <>
      <TopBar person={{ userName, role }} theme={theme} />
      <SampleBanner />
      <TeamNote />
    </>
  );
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <Frame top={top}>{children}</Frame>
    </HydrationBoundary>
  );
}
