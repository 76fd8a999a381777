import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { DeliveriesBlock } from "#components/reports/deliveries-block.tsx";
import { ReportActs } from "#components/reports/report-acts.tsx";
import { ReportPaper } from "#components/reports/report-paper.tsx";
import { Page } from "#components/ui/block.tsx";
import { currentPerson } from "#lib/auth/current-person.ts";
import { getReport } from "#lib/db/read/period-reports.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { ReportDetail } from "#lib/domain/period-report.ts";
import { NARROW } from "#lib/print/charts/shapes.ts";
import { toPaper } from "#lib/print/to-paper.ts";

export const metadata: Metadata = { title: "Report" };

export default async function ReportPage({ params }: { params: Promise<{ id: string }> }) {
  const { permissions } = await currentPerson("findings:read");
  const { id, title, content } = await findReport((await params).id);
  const paper = toPaper(content);
  return (
    <Page
      title={paper.title}
      text={`${paper.about} · as of ${paper.asOf}`}
      actions={
        <ReportActs
          id={id}
          title={title}
          canShare={permissions.has("reports:share")}
          canWrite={permissions.has("reports:write")}
        />
      }
    >
      {permissions.has("reports:write") ? <DeliveriesBlock id={id} /> : null}
      <ReportPaper paper={paper} narrow={toPaper(content, NARROW)} isOpen />
    </Page>
  );
}

async function findReport(id: string): Promise<ReportDetail> {
  if (!z.uuid().safeParse(id).success) notFound();
  try {
    return await getReport(id, new Date());
  } catch (error) {
    if (error instanceof AppError && error.code === "not-found") notFound();
    throw error;
  }
}
