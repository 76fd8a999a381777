import { toFixesCsv } from "#lib/db/read/fix-csv.ts";
import { fixesQuerySchema } from "#lib/domain/fix.ts";
import { toTextStream } from "#lib/http/text-stream.ts";
import { handleQueryByTeam } from "../handle-query-by-team.ts";

export const GET = handleQueryByTeam(
  "findings:read",
  fixesQuerySchema.omit({ limit: true, cursor: true }),
  (filter, { now }) =>
    new Response(toTextStream(toFixesCsv(filter)), {
      headers: {
        "content-type": "text/csv; charset=utf-8; header=present",
        "content-disposition": `attachment; filename="fixes-${now.toISOString().slice(0, 10)}.csv"`,
        "cache-control": "no-store",
      },
    }),
  { summary: "The same changes as CSV, from the first to the last" },
);
