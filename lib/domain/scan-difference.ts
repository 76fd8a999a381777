import { z } from "zod";
import { findingSchema, findingStatusSchema } from "./finding.ts";
import { scanRunSchema } from "./scan.ts";

const runNameSchema = scanRunSchema.pick({ runId: true, revision: true });
export type RunName = z.infer<typeof runNameSchema>;

/** What a revision did to a finding. One that came back counts as new. */
export const findingChangeSchema = z.enum(["new", "fixed", "unchanged"]);
export type FindingChange = z.infer<typeof findingChangeSchema>;

/** A finding as it stood when the run had ended, and what became of it. */
export const changedFindingSchema = findingSchema.extend({
  description: z.string(),
  cwes: z.array(z.string()),
  isReopened: z.boolean(), // this run found again what an earlier one had closed
  closedBefore: runNameSchema.nullable(), // of a reopened one: the run that had closed it
  statusNow: findingStatusSchema,
  closedByRun: runNameSchema.nullable(), // of one that is closed now: the run that closed it
});
export type ChangedFinding = z.infer<typeof changedFindingSchema>;

const changesSchema = z.object({ count: z.number().int(), items: z.array(changedFindingSchema) });

/** What exactly one run changed; each list is worst first, and may be shorter than its count. */
export const scanDifferenceSchema = z.object({
  run: scanRunSchema,
  against: runNameSchema.nullable(), // the revision before; null for the first
  new: changesSchema,
  fixed: changesSchema,
  unchanged: changesSchema,
});
export type ScanDifference = z.infer<typeof scanDifferenceSchema>;
