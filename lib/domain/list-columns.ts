import { z } from "zod";
import { LIST_COLUMNS } from "./list-column-words.ts";

const listColumnSchema = z.enum(LIST_COLUMNS);

/** The columns that a person's lists have unless their address or a view says others; none = the usual ones. */
export const listColumnsSchema = z.strictObject({ columns: z.array(listColumnSchema).max(LIST_COLUMNS.length) });
export type ListColumns = z.infer<typeof listColumnsSchema>;
