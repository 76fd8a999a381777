import { type ExportFilter, listFindingBatches } from "./finding-export.ts";

/**
 * The list as JSON Lines: a finding a line, as the list's own JSON has it, and a last line that says that this was all:
 * `{"end":true,"count":…,"asOf":…}`. Without it the file is a part.
 */
export async function* toFindingsJsonl(filter: ExportFilter): AsyncGenerator<string> {
  let count = 0;
  let asOf: string | null = null;
  for await (const page of listFindingBatches(filter)) {
    count += page.items.length;
    asOf = page.asOf;
    yield page.items.map((finding) => `${JSON.stringify(finding)}\n`).join("");
  }
  yield `${JSON.stringify({ end: true, count, asOf })}\n`;
}
