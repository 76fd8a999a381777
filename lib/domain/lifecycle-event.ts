import { z } from "zod";
import { MOVE_REASONS, MOVEMENTS } from "./filter-words.ts";
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
  "policy", // what is due by it
]);
export type LifecycleEventCause = z.infer<typeof lifecycleEventCauseSchema>;

/** What an event means in a trend: each has exactly one bar. */
export const movementSchema = z.enum(MOVEMENTS);
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

/** Why what is open moved: every event that moves it has exactly one of these. In the order in which they are told. */
export const moveReasonSchema = z.enum(MOVE_REASONS);
export type MoveReason = z.infer<typeof moveReasonSchema>;

/** By cause where an end of a suppression tells why; whoever ended it otherwise has lifted it. */
const REASON_OF_LIFTING: Record<LifecycleEventCause, "expired" | "lifted"> = {
  expiry: "expired",
  fix: "expired",
  new: "lifted",
  "scope-added": "lifted",
  fixed: "lifted",
  "resource-gone": "lifted",
  "not-reported": "lifted",
  "scope-lost": "lifted",
  source: "lifted",
  person: "lifted",
  rule: "lifted",
  listed: "lifted",
  unlisted: "lifted",
  undo: "lifted",
  policy: "lifted",
};

type Step = { cause: LifecycleEventCause; isWorse: boolean };
type ReasonOf = (step: Step) => MoveReason;

/**
 * What an event counts as when it moves what is open; null = it never does. An undo counts as what it does, not as the
 * opposite of what it takes back. The SQL of the rollups (`movements_of`) follows this table; a test compares them.
 */
export const MOVE_REASON: Record<LifecycleEventKind, ReasonOf | null> = {
  // Of these two the cause is the reason.
  opened: ({ cause }) => moveReasonSchema.parse(cause),
  closed: ({ cause }) => moveReasonSchema.parse(cause),
  reopened: () => "reopened",
  rescored: ({ isWorse }) => (isWorse ? "rescored-up" : "rescored-down"),
  suppressed: () => "suppressed",
  unsuppressed: ({ cause }) => REASON_OF_LIFTING[cause],
  moved: () => "moved",
  assigned: null,
  "due-set": null,
  commented: null,
};
