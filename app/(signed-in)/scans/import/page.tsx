import type { Metadata } from "next";
import { ImportReportForm } from "#components/scans/import/import-report-form.tsx";
import { Page } from "#components/ui/block.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";

export const metadata: Metadata = { title: "Import a report" };

export default async function ImportPage() {
  await currentPerson("scans:write");
  return (
    <Page title="Import a report" text="What another tool found, in the same list as everything else.">
      <ImportReportForm />
    </Page>
  );
}
