import type { Metadata } from "next";
import { NewScan } from "#components/scans/new-scan.tsx";
import { Page } from "#components/ui/block.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";

export const metadata: Metadata = { title: "New scan" };

export default async function NewScanPage() {
  await currentPerson("scans:write");
  return (
    <Page title="New scan" text="A zip of source code goes to the scanner on this installation; nothing in it is run.">
      <NewScan />
    </Page>
  );
}
