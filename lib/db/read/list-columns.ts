import { toListColumns } from "#lib/domain/list-column-words.ts";
import type { ListColumns } from "#lib/domain/list-columns.ts";
import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";

/** The columns that a person chose for their lists, in order; none = the usual ones. */
export async function getListColumns(personId: string): Promise<ListColumns> {
  const [row] = await ask<{ columns: string[] }>(
    Prisma.sql`SELECT list_columns AS columns FROM person WHERE id = ${personId}::uuid`,
  );
  // A column that a later version knows may stand there after a step back.
  return { columns: row && row.columns.length > 0 ? toListColumns(row.columns) : [] };
}
