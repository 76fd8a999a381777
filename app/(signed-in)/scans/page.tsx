import type { Metadata } from "next";
import { ScansTable } from "#components/scans/scans-table.tsx";
import { Block, Page } from "#components/ui/block.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";

export const metadata: Metadata = { title: "Scans" };

export default async function ScansPage() {
  const { permissions } = await currentPerson("scans:read");
  const newScan = (
    <ButtonLink look="main" icon="plus" href="/scans/new">
      New scan
    </ButtonLink>
  );
  return (
    <Page
      title="Scans"
      text="Source code that was uploaded, by name, across its revisions"
      actions={permissions.has("scans:write") ? newScan : null}
    >
      <Block title="All scans" flush>
        <ScansTable />
      </Block>
    </Page>
  );
}
