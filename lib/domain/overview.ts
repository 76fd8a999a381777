import { z } from "zod";
import { asOfSchema } from "./as-of.ts";
import { findingSchema, sourceNameSchema } from "./finding.ts";
import { fixSchema } from "./fix.ts";
import { freshnessSchema } from "./freshness.ts";
import { scanSchema } from "./scan.ts";
import { severitySchema } from "./severity.ts";
import { trendScopeSchema } from "./trends.ts";

/** Whose findings it is about, and the moment that it is told of; absent = now. */
export const overviewQuerySchema = z.strictObject({
  team: trendScopeSchema.shape.team,
  asOf: asOfSchema.optional(),
});
export type OverviewQuery = z.infer<typeof overviewQuerySchema>;

/** What happened since an instant, by the times at which we recorded it. */
const changesSchema = z.object({
  new: z.number().int(),
  reopened: z.number().int(),
  fixed: z.number().int(),
  resourceGone: z.number().int(),
  notReported: z.number().int(),
  suppressed: z.number().int(),
});

const cellSchema = z.object({ open: z.number().int(), new: z.number().int(), fixed: z.number().int() });

export const overviewSchema = z.object({
  /**
   * What is open is told as it is, or as it stood at the moment asked for; what happened is told up to this settled
   * moment. Null before the first sync.
   */
  asOf: z.iso.datetime().nullable(),
  firstSyncAt: z.iso.datetime().nullable(),
  /**
   * `at`: the end of this person's last visit, else 7 days ago; as of a moment always 7 days before it. What happened lies in [from, to): `movedFrom` and
   * `movedTo` of the lists behind these numbers.
   */
  since: changesSchema.extend({
    kind: z.enum(["visit", "week"]),
    at: z.iso.datetime(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
  }),
  /** `before`: how many were open at `since.at`; null where that is before the first sync. */
  critical: cellSchema.extend({ before: z.number().int().nullable() }),
  knownExploited: z.object({
    findings: z.number().int(),
    vulnerabilities: z.number().int(),
    resources: z.number().int(),
  }),
  /** This, what to fix first, freshness and scans are told of now alone, and null as of a moment. */
  notScanned: z
    .object({
      resources: z.number().int(),
      notScanned: z.number().int(),
      reasons: z.array(z.object({ reason: z.string(), resources: z.number().int() })),
    })
    .nullable(),
  /** Open findings, worst first. */
  worst: z.array(findingSchema),
  /** Critical and high together. */
  urgent: z.number().int(),
  /** Every severity, worst first, over every source that has anything. */
  matrix: z.object({
    sources: z.array(sourceNameSchema),
    rows: z.array(
      cellSchema.extend({ severity: severitySchema, bySource: z.partialRecord(sourceNameSchema, z.number().int()) }),
    ),
    total: cellSchema.extend({ bySource: z.partialRecord(sourceNameSchema, z.number().int()) }),
  }),
  /** Those that close the most, most first. */
  fixes: z.array(fixSchema).nullable(),
  freshness: freshnessSchema.nullable(),
  /** The newest first. */
  scans: z.array(scanSchema).nullable(),
});
export type Overview = z.infer<typeof overviewSchema>;

const HOUR_MS = 3_600_000;

/** Whether somebody who looked at `lookedAt` and looks again now is on a new visit: an hour without a look ends one. */
export function isNewVisit(lookedAt: Date, now: Date): boolean {
  return now.getTime() - lookedAt.getTime() > HOUR_MS;
}
