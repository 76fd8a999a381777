import { z } from "zod";
import { sourceNameSchema } from "./finding.ts";

/** A whole pass reads everything and may close what it did not see; an incremental one reads what changed. */
export const syncModeSchema = z.enum(["whole", "incremental"]);
export type SyncMode = z.infer<typeof syncModeSchema>;

/** `held`: it would close more than a set share of a scope, and waits for a person. */
export const syncRunStateSchema = z.enum(["queued", "running", "succeeded", "partial", "failed", "held", "cancelled"]);
export type SyncRunState = z.infer<typeof syncRunStateSchema>;

/** Why a pass broke off, in words a person can act on. */
export const syncFailureSchema = z.object({
  code: z.enum([
    "access-denied",
    "throttled",
    "timed-out",
    "unreachable",
    "credentials",
    "region-off",
    "not-enabled",
    "bad-answer",
    "cancelled",
    "interrupted",
    "internal",
  ]),
  message: z.string(),
  permission: z.string().nullable(), // the exact IAM action that was refused, as in inspector2:ListFindings
});
export type SyncFailure = z.infer<typeof syncFailureSchema>;

export const syncCountsSchema = z.object({
  pages: z.number().int(),
  observed: z.number().int(),
  opened: z.number().int(),
  changed: z.number().int(),
  closed: z.number().int(),
  reopened: z.number().int(),
  unchanged: z.number().int(),
  throttles: z.number().int(),
});
export type SyncCounts = z.infer<typeof syncCountsSchema>;

/** One pass over one connection. Newest first in lists. */
export const syncRunSchema = z.object({
  id: z.uuid(),
  connectionId: z.uuid(),
  source: sourceNameSchema,
  region: z.string(),
  mode: syncModeSchema,
  trigger: z.enum(["schedule", "person", "replay", "scan", "event"]),
  state: syncRunStateSchema,
  asOf: z.iso.datetime(), // the clock of the pass; in the sample's replay a simulated one
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  counts: syncCountsSchema,
  failure: syncFailureSchema.nullable(),
  isSample: z.boolean(),
});
export type SyncRun = z.infer<typeof syncRunSchema>;

/** Which passes a list holds. */
export const syncRunFilterSchema = z.strictObject({
  connectionId: z.uuid().optional(),
  state: syncRunStateSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(256).optional(),
});
export type SyncRunFilter = z.infer<typeof syncRunFilterSchema>;

export const syncRunPageSchema = z.object({ items: z.array(syncRunSchema), nextCursor: z.string().nullable() });
export type SyncRunPage = z.infer<typeof syncRunPageSchema>;

/** What to sync: one connection, or all of them. `mode` left out: a whole pass when one is due, else what changed. */
export const syncRequestSchema = z.strictObject({ connectionId: z.uuid().optional(), mode: syncModeSchema.optional() });
export type SyncRequest = z.infer<typeof syncRequestSchema>;

/** A mass close of one place that waits for a person, or how it was decided. */
export const heldCloseSchema = z.object({
  id: z.uuid(),
  syncRunId: z.uuid(),
  accountId: z.string(),
  accountName: z.string().nullable(),
  region: z.string(),
  source: sourceNameSchema,
  active: z.number().int(), // findings of the place when it was held
  wouldClose: z.number().int(),
  state: z.enum(["held", "confirmed", "rejected"]),
  createdAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
  decidedBy: z.string().nullable(),
});
export type HeldClose = z.infer<typeof heldCloseSchema>;
export const heldClosesSchema = z.object({ items: z.array(heldCloseSchema) });
export type HeldCloses = z.infer<typeof heldClosesSchema>;

/** `confirmed`: what is still unseen closes. `rejected`: it stays. */
export const heldCloseDecisionSchema = z.strictObject({ decision: z.enum(["confirmed", "rejected"]) });
export type HeldCloseDecision = z.infer<typeof heldCloseDecisionSchema>;
