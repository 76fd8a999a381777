import { pinAsOf } from "#lib/db/read/as-of.ts";
import { toFindingsCsv } from "#lib/db/read/finding-csv.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { handleQuery } from "#lib/http/handlers.ts";
import { toTextStream } from "#lib/http/text-stream.ts";

export const GET = handleQuery(
  "findings:read",
  findingFilterSchema.omit({ limit: true, cursor: true }),
  async (filter, { now }) => {
    // Before the first line is sent: what cannot be answered is told as a problem.
    const asOf = filter.asOf === undefined ? undefined : await pinAsOf(filter.asOf);
    const name = `findings-${asOf === undefined ? "" : "as-of-"}${(asOf ?? now.toISOString()).slice(0, 10)}`;
    return new Response(toTextStream(toFindingsCsv({ ...filter, asOf, limit: 200 })), {
      headers: {
        "content-type": "text/csv; charset=utf-8; header=present",
        "content-disposition": `attachment; filename="${name}.csv"`,
        "cache-control": "no-store",
      },
    });
  },
  { summary: "Exactly the list as CSV, from its first row to its last" },
);
