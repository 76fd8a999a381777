import { toFindingsCsv } from "#lib/db/read/finding-csv.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { handleQuery } from "#lib/http/handlers.ts";
import { toTextStream } from "#lib/http/text-stream.ts";

export const GET = handleQuery(
  "findings:read",
  findingFilterSchema.omit({ limit: true, cursor: true }),
  (filter, { now }) => {
    return new Response(toTextStream(toFindingsCsv({ ...filter, limit: 200 })), {
      headers: {
        "content-type": "text/csv; charset=utf-8; header=present",
        "content-disposition": `attachment; filename="findings-${now.toISOString().slice(0, 10)}.csv"`,
        "cache-control": "no-store",
      },
    });
  },
  { summary: "Exactly the list as CSV, from its first row to its last" },
);
