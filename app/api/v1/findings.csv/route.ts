import { toFindingsCsv } from "#lib/db/read/finding-csv.ts";
import { handleExport } from "../findings/handle-export.ts";

export const GET = handleExport(
  { extension: "csv", type: "text/csv; charset=utf-8; header=present", write: toFindingsCsv },
  "Exactly the list as CSV, from its first row to its last",
);
