import { z } from "zod";
import { getReport } from "#lib/db/read/period-reports.ts";
import { toDownload } from "#lib/http/download.ts";
import { handleQuery } from "#lib/http/handlers.ts";
import { toHtml } from "#lib/print/html/to-html.ts";
import { toPaper } from "#lib/print/to-paper.ts";

export const GET = handleQuery(
  "findings:read",
  z.strictObject({}),
  async (_, { params: { id }, now }) => {
    const { content, period } = await getReport(id, now);
    return toDownload(toHtml(toPaper(content)), {
      type: "text/html; charset=utf-8",
      name: `security-report-${period}.html`,
    });
  },
  { params: z.object({ id: z.uuid() }), summary: "A report as one file of HTML that stands by itself" },
);
