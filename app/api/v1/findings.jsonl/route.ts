import { toFindingsJsonl } from "#lib/db/read/finding-jsonl.ts";
import { exportFilterSchema, handleExport } from "../findings/handle-export.ts";

export const GET = handleExport(
  exportFilterSchema,
  { extension: "jsonl", type: "application/jsonl; charset=utf-8", write: toFindingsJsonl },
  'Exactly the list as JSON Lines, a finding a line; the last line, {"end":true,…}, says that it is whole',
);
