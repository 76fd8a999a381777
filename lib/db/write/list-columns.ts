import type { ListColumns } from "#lib/domain/list-columns.ts";
import { inTransaction } from "../database.ts";

/** Sets the columns of a person's lists; none = the usual ones. */
export async function saveListColumns({ columns }: ListColumns, personId: string): Promise<void> {
  await inTransaction((client) =>
    client.query("UPDATE person SET list_columns = $2 WHERE id = $1", [personId, columns]),
  );
}
