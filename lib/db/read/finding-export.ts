import { AppError } from "#lib/domain/errors.ts";
import type { FindingFilter } from "#lib/domain/finding-filter.ts";
import type { FindingPage } from "#lib/domain/finding-page.ts";
import { Prisma } from "../generated/client.ts";
import { toCursor, toOrderSql } from "./finding-order.ts";
import { listFindings } from "./list-findings.ts";
import { ask } from "./prepared.ts";
import { readConditions } from "./read-conditions.ts";

/** A list to its end, all of it or what lies behind one of its findings. */
export type ExportFilter = Omit<FindingFilter, "limit" | "cursor"> & { after?: string | undefined };

/** More than a list shows at once: what a page costs beside its rows is paid less often. */
const PAGE = 1_000;

/**
 * Exactly the list, in its order, a page at a time; the next page is asked for when it is wanted. It begins behind the
 * finding `after`, where that is given. Throws AppError invalid-input when there is no such finding.
 */
export async function* listFindingBatches({ after, ...filter }: ExportFilter): AsyncGenerator<FindingPage> {
  const paged = { ...filter, limit: PAGE };
  let cursor = after === undefined ? undefined : await cursorBehind(paged, after);
  do {
    const page = await listFindings({ ...paged, cursor });
    yield page;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** The place behind a finding, where it stands now or stood then. */
async function cursorBehind(filter: FindingFilter, id: string): Promise<string> {
  const { view } = await readConditions(filter);
  const order = toOrderSql(filter.sort, view, null);
  const [row] = await ask<{ key: string }>(
    Prisma.sql`SELECT (${order.key})::text AS key FROM ${view.rows} ${order.join} WHERE f.id = ${id}::uuid`,
  );
  if (!row) {
    const message = "No finding of the list has this id. Leave it out to start at the first one.";
    throw new AppError("invalid-input", message, { faults: [{ field: "after", message }] });
  }
  return toCursor(filter, { key: row.key, id, asOf: view.asOf?.toISOString() ?? null, isBackwards: false });
}
