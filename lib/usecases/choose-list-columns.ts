import { saveListColumns } from "#lib/db/write/list-columns.ts";
import type { ListColumns } from "#lib/domain/list-columns.ts";

/** Sets what a person's lists say of each finding; none = the usual columns. */
export async function chooseListColumns(chosen: ListColumns, { personId }: { personId: string }): Promise<void> {
  await saveListColumns(chosen, personId);
}
