import { readFile } from "node:fs/promises";
import type { Metadata } from "next";
import { CiGuide } from "#components/scans/ci/ci-guide.tsx";
import { Page } from "#components/ui/block.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";
import { env } from "#lib/config/env.ts";

export const metadata: Metadata = { title: "Use from CI" };

/** The very script that is tested; every start has the project's folder as its own. */
const SCRIPT = "docs/ci/scan.sh";

export default async function CiPage() {
  await currentPerson("scans:write");
  return (
    <Page title="Use from CI" text="Each build is scanned, and stopped by what is new in it">
      <CiGuide url={env().APP_URL} script={await readFile(SCRIPT, "utf8")} />
    </Page>
  );
}
