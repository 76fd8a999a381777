import type { Metadata } from "next";
import { AllScans } from "#components/scans/all-scans.tsx";
import { CI_PATH, IMPORT_PATH } from "#components/scans/scan-paths.ts";
import type { Deleter } from "#components/scans/scans-table.tsx";
import { Page } from "#components/ui/block.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";

export const metadata: Metadata = { title: "Scans" };

export default async function ScansPage() {
  const { permissions, userName } = await currentPerson("scans:read");
  const mayWrite = permissions.has("scans:write");
  const deleter: Deleter = mayWrite
    ? { userName, mayDelete: permissions.has("findings:triage") ? "all" : "own" }
    : null;
  return (
    <Page
      title="Scans"
      text="Source code that was scanned and reports that were imported, by name, across their revisions"
      actions={mayWrite ? <Actions /> : null}
    >
      <AllScans deleter={deleter} />
    </Page>
  );
}

function Actions() {
  return (
    <>
      <ButtonLink icon="key" href={CI_PATH}>
        Use from CI
      </ButtonLink>
      <ButtonLink icon="upload" href={IMPORT_PATH}>
        Import
      </ButtonLink>
      <ButtonLink look="main" icon="plus" href="/scans/new">
        New scan
      </ButtonLink>
    </>
  );
}
