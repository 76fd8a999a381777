import { z } from "zod";
import { getListColumns } from "#lib/db/read/list-columns.ts";
import { listColumnsSchema } from "#lib/domain/list-columns.ts";
import { handleCommand, handleQuery } from "#lib/http/handlers.ts";
import { chooseListColumns } from "#lib/usecases/choose-list-columns.ts";

export const GET = handleQuery(
  "findings:read",
  z.strictObject({}),
  (_, { caller }) => getListColumns(caller.personId),
  {
    output: listColumnsSchema,
    summary: "The columns of one's own lists; none = the usual ones",
  },
);

export const PUT = handleCommand(
  "views:write",
  listColumnsSchema,
  (chosen, { caller }) => chooseListColumns(chosen, caller),
  {
    output: z.void(),
    status: 204,
    summary: "Choose the columns of one's own lists",
  },
);
