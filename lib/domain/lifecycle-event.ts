import { z } from "zod";
import { closedReasonSchema } from "./finding.ts";

/** One change in a finding's life. Appended, never edited: an undo is an event of its own. */
export const lifecycleEventKindSchema = z.enum([
  "opened",
  "closed",
  "reopened",
  "rescored",
  "suppressed",
  "unsuppressed",
  "moved", // to another issue or lineage; the clock goes along
  "assigned",
  "due-set",
  "commented",
]);
export type LifecycleEventKind = z.infer<typeof lifecycleEventKindSchema>;

/**
 * Why it changed. Of `opened`: `new`, or `scope-added` (the first whole pass of a scope is no wave of new findings).
 * Of `closed`: the closed reason. Of the others: who made it so.
 */
export const lifecycleEventCauseSchema = z.enum([
  "new",
  "scope-added",
  ...closedReasonSchema.options,
  "source",
  "person",
  "rule",
  "expiry",
  "fix", // there is one now, and the suppression was until then
  "listed", // its vulnerability joined the imported catalogue of exploited ones
  "unlisted",
  "undo",
]);
export type LifecycleEventCause = z.infer<typeof lifecycleEventCauseSchema>;

/** What an event means in a trend: each has exactly one bar. */
export const movementSchema = z.enum([
  "new",
  "scope-added",
  "reopened",
  "unsuppressed",
  "rescored-in",
  "rescored-out",
  "moved-in",
  "moved-out",
  "fixed",
  "resource-gone",
  "not-reported",
  "scope-lost",
  "suppressed",
]);
export type Movement = z.infer<typeof movementSchema>;

/** +1: the movement adds to what is open. The SQL of the rollups follows this table; a test compares them. */
export const MOVEMENT_SIGN: Record<Movement, 1 | -1> = {
  new: 1,
  "scope-added": 1,
  reopened: 1,
  unsuppressed: 1,
  "rescored-in": 1,
  "rescored-out": -1,
  "moved-in": 1,
  "moved-out": -1,
  fixed: -1,
  "resource-gone": -1,
  "not-reported": -1,
  "scope-lost": -1,
  suppressed: -1,
};
