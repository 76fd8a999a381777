import { z } from "zod";
import { toFindingsCsv } from "#lib/db/read/finding-csv.ts";
import { EXPORT_COLUMNS } from "#lib/domain/export-columns.ts";
import { manyOf } from "#lib/domain/filter-schemas.ts";
import { exportFilterSchema, handleExport } from "../findings/handle-export.ts";

const csvFilterSchema = exportFilterSchema.extend({
  columns: manyOf(z.enum(EXPORT_COLUMNS)).describe("The columns, in their order; left out: all of them"),
});

export const GET = handleExport(
  csvFilterSchema,
  { extension: "csv", type: "text/csv; charset=utf-8; header=present", write: toFindingsCsv },
  "Exactly the list as CSV, from its first row to its last",
);
