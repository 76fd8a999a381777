import type { Metadata } from "next";
import { ConnectionsBlock } from "#components/sources/connections-block.tsx";
import { FeedsBlock } from "#components/sources/feeds-block.tsx";
import { HeldClosesBlock } from "#components/sources/held-closes-block.tsx";
import { SampleBlock } from "#components/sources/sample-block.tsx";
import { SyncRunsBlock } from "#components/sources/sync-runs-block.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";

export const metadata: Metadata = { title: "Sources" };

export default async function SourcesPage() {
  const { permissions } = await currentPerson("connections:read");
  return (
    <>
      <HeldClosesBlock canDecide={permissions.has("findings:triage")} />
      <ConnectionsBlock canChange={permissions.has("connections:write")} canSync={permissions.has("sync:run")} />
      <FeedsBlock canChange={permissions.has("settings:write")} />
      <SampleBlock canChange={permissions.has("settings:write")} />
      <SyncRunsBlock />
    </>
  );
}
