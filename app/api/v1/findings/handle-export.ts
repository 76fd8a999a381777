import { z } from "zod";
import { pinAsOf } from "#lib/db/read/as-of.ts";
import type { ExportFilter } from "#lib/db/read/finding-export.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { toTextStream } from "#lib/http/text-stream.ts";
import { handleQueryByTeam } from "../handle-query-by-team.ts";

type Format<Filter> = { extension: string; type: string; write: (filter: Filter) => AsyncGenerator<string> };

export const exportFilterSchema = findingFilterSchema
  .omit({ limit: true, cursor: true })
  .extend({ after: z.uuid().describe("Begin behind this finding: goes on with a file that broke off").optional() });

/** A route that answers with exactly the list as a file, from its first finding to its last, made while it is read. */
export function handleExport<Filter extends ExportFilter>(
  schema: z.ZodType<Filter>,
  { extension, type, write }: Format<Filter>,
  summary: string,
) {
  return handleQueryByTeam(
    "findings:read",
    schema,
    async (filter, { now }) => {
      const asOf = filter.asOf === undefined ? undefined : await pinAsOf(filter.asOf);
      const name = `findings-${asOf === undefined ? "" : "as-of-"}${(asOf ?? now.toISOString()).slice(0, 10)}`;
      return new Response(toTextStream(await begun(write({ ...filter, asOf }))), {
        headers: {
          "content-type": type,
          "content-disposition": `attachment; filename="${name}.${extension}"`,
          "cache-control": "no-store",
        },
      });
    },
    { summary },
  );
}

/** With its first two parts made before anything is sent: what cannot be answered is told as a problem, not as a short file. */
async function begun(parts: AsyncGenerator<string>): Promise<AsyncGenerator<string>> {
  const first = [await parts.next(), await parts.next()];
  return (async function* () {
    for (const { done, value } of first) if (!done) yield value;
    yield* parts;
  })();
}
