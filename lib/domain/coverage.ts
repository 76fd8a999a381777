import { z } from "zod";
import { manyOf } from "./filter-schemas.ts";
import { sourceNameSchema } from "./finding.ts";
import { NO_TEAM } from "./team-words.ts";

const wordSchema = z.string().min(1).max(200);

/** Which resources that are not scanned a page holds. */
export const coverageQuerySchema = z.strictObject({
  accountId: manyOf(wordSchema),
  region: manyOf(wordSchema),
  resourceType: manyOf(wordSchema),
  team: manyOf(wordSchema).describe(`Teams by their ids; ${NO_TEAM} for what no team has`),
  reason: manyOf(wordSchema),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1024).optional(),
});
export type CoverageQuery = z.infer<typeof coverageQuerySchema>;
export type CoverageAddress = z.input<typeof coverageQuerySchema>;

/** Resources; one counts as not scanned when anything that its source could examine on it is not examined. */
const countsSchema = z.object({ resources: z.number().int(), notScanned: z.number().int() });

export const unscannedResourceSchema = z.object({
  accountId: z.string(),
  accountName: z.string().nullable(),
  region: z.string(),
  source: sourceNameSchema,
  resourceType: z.string(),
  resourceId: z.string(),
  resourceName: z.string(),
  scanType: z.string(),
  reason: z.string(), // the source's own word, as in NO_INVENTORY
  since: z.iso.datetime(), // when we first saw it so
});
export type UnscannedResource = z.infer<typeof unscannedResourceSchema>;

export const coverageSchema = z.object({
  /** The oldest whole reading among the places told of; null before the first. */
  asOf: z.iso.datetime().nullable(),
  total: countsSchema,
  byType: z.array(countsSchema.extend({ resourceType: z.string() })),
  byAccount: z.array(countsSchema.extend({ accountId: z.string(), accountName: z.string().nullable() })),
  /** Whose they are, most left out first; null = no team's. None where there are no teams, and on pages after the first. */
  byTeam: z.array(countsSchema.extend({ teamId: z.string().nullable(), teamName: z.string().nullable() })),
  /** Most frequent first. A resource may be left out for more than one reason. */
  reasons: z.array(z.object({ reason: z.string(), resources: z.number().int() })),
  items: z.array(unscannedResourceSchema),
  nextCursor: z.string().nullable(),
});
export type Coverage = z.infer<typeof coverageSchema>;
