import { toFindingsSarif } from "#lib/db/read/finding-sarif.ts";
import { exportFilterSchema, handleExport } from "../findings/handle-export.ts";

export const GET = handleExport(
  exportFilterSchema,
  { extension: "sarif", type: "application/sarif+json", write: toFindingsSarif },
  "Exactly the list as a SARIF 2.1.0 log; what was closed has the baseline state absent",
);
