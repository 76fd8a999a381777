import type { Metadata } from "next";
import { ReportPaper } from "#components/reports/report-paper.tsx";
import { Page } from "#components/ui/block.tsx";
import { findSharedReport } from "#lib/auth/report-link.ts";
import { getReport } from "#lib/db/read/period-reports.ts";
import { NARROW } from "#lib/print/charts/shapes.ts";
import { toPaper } from "#lib/print/to-paper.ts";

// The address is a secret: it must not travel to other sites, nor into what searches them.
export const metadata: Metadata = {
  title: "Shared report",
  referrer: "no-referrer",
  robots: { index: false, follow: false, noarchive: true },
};

/** A report for who has its link. Nobody is asked who they are, and nothing else can be reached from here. */
export default async function SharedReportPage({ params }: { params: Promise<{ token: string }> }) {
  const now = new Date();
  const reportId = await findSharedReport((await params).token, now);
  if (reportId === null) {
    return (
      <main>
        <Page title="This link does not work">
          <p>It has ended, was revoked, or was never made. Ask whoever sent it for a new one.</p>
        </Page>
      </main>
    );
  }
  const { content } = await getReport(reportId, now);
  const paper = toPaper(content);
  return (
    <main>
      <Page title={paper.title} text={`${paper.about} · as of ${paper.asOf}`}>
        <ReportPaper paper={paper} narrow={toPaper(content, NARROW)} isOpen={false} />
      </Page>
    </main>
  );
}
