import { z } from "zod";
import { sourceNameSchema } from "./finding.ts";
import { syncFailureSchema } from "./sync-run.ts";

/**
 * How far one place can be trusted. `late`: the last pass is older than its schedule allows. `refused`: AWS denied a
 * permission. `never`: no whole pass yet, so that "nothing found" means nothing.
 */
export const freshnessStateSchema = z.enum(["complete", "late", "failed", "refused", "never"]);
export type FreshnessState = z.infer<typeof freshnessStateSchema>;

/** One place that is read: account × region × source. */
export const freshnessScopeSchema = z.object({
  source: sourceNameSchema,
  accountId: z.string(),
  accountName: z.string().nullable(),
  region: z.string(),
  state: freshnessStateSchema,
  lastWholePassAt: z.iso.datetime().nullable(),
  lastPassAt: z.iso.datetime().nullable(),
  failure: syncFailureSchema.nullable(),
  isSample: z.boolean(),
});
export type FreshnessScope = z.infer<typeof freshnessScopeSchema>;

/** `asOf`: the oldest last pass among the known places; null before the first. `late`: places that are not complete. */
export const freshnessSchema = z.object({
  asOf: z.iso.datetime().nullable(),
  late: z.number().int(),
  scopes: z.array(freshnessScopeSchema),
});
export type Freshness = z.infer<typeof freshnessSchema>;
