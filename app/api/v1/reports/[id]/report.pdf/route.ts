import { z } from "zod";
import { getReport } from "#lib/db/read/period-reports.ts";
import { toDownload } from "#lib/http/download.ts";
import { handleQuery } from "#lib/http/handlers.ts";
import { toPdf } from "#lib/print/pdf/to-pdf.ts";
import { toPaper } from "#lib/print/to-paper.ts";

export const GET = handleQuery(
  "findings:read",
  z.strictObject({}),
  async (_, { params: { id }, now }) => {
    const { content, madeAt, period } = await getReport(id, now);
    const pdf = await toPdf(toPaper(content), new Date(madeAt));
    return toDownload(new Uint8Array(pdf), { type: "application/pdf", name: `security-report-${period}.pdf` });
  },
  { params: z.object({ id: z.uuid() }), summary: "A report as tagged PDF" },
);
