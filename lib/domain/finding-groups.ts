import { z } from "zod";
import { GROUP_KEYS } from "./filter-words.ts";
import { findingConditionsSchema } from "./finding-filter.ts";
import { toldAsOfSchema, totalSchema } from "./finding-page.ts";
import { severitySchema } from "./severity.ts";

export const groupKeySchema = z.enum(GROUP_KEYS);
export type GroupKey = z.infer<typeof groupKeySchema>;

/** A page of groups: what narrows their findings, what makes a group, where the page starts. */
export const findingGroupsQuerySchema = findingConditionsSchema.extend({
  by: groupKeySchema,
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1024).optional(),
});
export type FindingGroupsQuery = z.infer<typeof findingGroupsQuerySchema>;

/** The findings that have one thing in common. */
export const findingGroupSchema = z.object({
  /** What they have in common, as a person calls it. */
  label: z.string(),
  /** What it is about, where the label is only a name. */
  about: z.string().nullable(),
  account: z.object({ id: z.string(), name: z.string().nullable() }).nullable(), // where the group lies in one account
  total: totalSchema,
  /** Of the findings that `total` counts. */
  bySeverity: z.record(severitySchema, z.number().int()),
  /** What narrows the list to exactly these findings, beside the conditions asked with: names of the list's query. */
  conditions: z.record(z.string(), z.array(z.string())),
});
export type FindingGroup = z.infer<typeof findingGroupSchema>;

/** One page of groups, the one with the worst finding first. Findings without such a thing are in no group. */
export const findingGroupPageSchema = z.object({
  asOf: toldAsOfSchema,
  by: groupKeySchema,
  items: z.array(findingGroupSchema),
  nextCursor: z.string().nullable(),
});
export type FindingGroupPage = z.infer<typeof findingGroupPageSchema>;
