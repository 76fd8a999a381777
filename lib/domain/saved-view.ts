import { z } from "zod";
import { manyOf } from "./filter-schemas.ts";
import { findingConditionsSchema, findingSortSchema } from "./finding-filter.ts";
import { groupKeySchema } from "./finding-groups.ts";
import { LIST_COLUMNS } from "./list-column-words.ts";

/** What a view keeps of the list's address: filter, sort, grouping and columns. */
const viewAddressSchema = findingConditionsSchema.extend({
  sort: findingSortSchema.optional(),
  by: groupKeySchema.optional(),
  columns: manyOf(z.enum(LIST_COLUMNS)),
});

/** The list's address without its path, as in `status=active&severity=critical`. Names and values are checked. */
export const viewQuerySchema = z
  .string()
  .max(4_000)
  .transform((text, context) => {
    const params = new URLSearchParams(text);
    const given = Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
    const single = Object.fromEntries(
      Object.entries(given).map(([name, all]) => [name, all.length > 1 ? all : all[0]]),
    );
    const { error } = viewAddressSchema.safeParse(single);
    for (const issue of error?.issues ?? [])
      context.addIssue({ code: "custom", message: `${issue.path.join(".")}: ${issue.message}` });
    params.sort();
    return params.toString();
  });

const viewNameSchema = z.string().trim().min(1).max(80);

export const newViewSchema = z.strictObject({
  name: viewNameSchema,
  query: viewQuerySchema,
  isShared: z.boolean().default(false),
});
export type NewView = z.infer<typeof newViewSchema>;

/** Only the owner changes a view; whether it is one's own default says everybody for themselves. */
export const viewChangeSchema = z.strictObject({
  name: viewNameSchema.optional(),
  query: viewQuerySchema.optional(),
  isShared: z.boolean().optional(),
  isDefault: z.boolean().optional(),
});
export type ViewChange = z.infer<typeof viewChangeSchema>;

/** A list under a name, as one person sees it. */
export const savedViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  query: z.string(),
  isShared: z.boolean(), // everyone sees it
  isOwn: z.boolean(),
  owner: z.string(), // a user name
  isDefault: z.boolean(), // one's own list opens with it
  openedAt: z.iso.datetime().nullable(), // when one last opened it
});
export type SavedView = z.infer<typeof savedViewSchema>;

/** One's own and the shared ones, by name. */
export const savedViewsSchema = z.object({ items: z.array(savedViewSchema) });
export type SavedViews = z.infer<typeof savedViewsSchema>;
