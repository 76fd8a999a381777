import type { Metadata } from "next";
import { dayAndYear } from "#components/charts/days.ts";
import { ReportPaper } from "#components/reports/report-paper.tsx";
import { Page } from "#components/ui/block.tsx";
import { findSharedReport, type SharedReport } from "#lib/auth/report-link.ts";
import { getReport } from "#lib/db/read/period-reports.ts";
import { toDay } from "#lib/domain/day.ts";
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
  const shared = await findSharedReport((await params).token, now);
  if (shared.state !== "open") {
    const { title, text } = toEnd(shared);
    return (
      <main>
        <Page title={title}>
          <p>{text} Ask whoever sent it for a new one.</p>
        </Page>
      </main>
    );
  }
  const { content } = await getReport(shared.reportId, now);
  const paper = toPaper(content);
  return (
    <main>
      <Page title={paper.title} text={`${paper.about} · as of ${paper.asOf}`}>
        <ReportPaper paper={paper} narrow={toPaper(content, NARROW)} isOpen={false} />
      </Page>
    </main>
  );
}

function toEnd(shared: Exclude<SharedReport, { state: "open" }>): { title: string; text: string } {
  if (shared.state === "unknown")
    return { title: "This link does not work", text: "It was never made, or its report is gone." };
  const on = dayAndYear(toDay(shared.at));
  if (shared.state === "revoked")
    return { title: "This link was revoked", text: `It opens nothing any more since ${on} (UTC).` };
  return { title: "This link has ended", text: `It opened a report until ${on} (UTC).` };
}
