import type { MoveReason } from "./lifecycle-event.ts";

/** The word on screen for each reason. */
export const MOVE_REASON_WORDS: Record<MoveReason, string> = {
  new: "New",
  reopened: "Reopened",
  "rescored-up": "Rescored up",
  expired: "Exception expired",
  lifted: "Suppression lifted",
  "scope-added": "Scope added",
  moved: "Moved",
  "rescored-down": "Rescored down",
  suppressed: "Suppressed or accepted",
  fixed: "Fixed",
  "resource-gone": "Resource gone",
  "not-reported": "No longer reported",
  "scope-lost": "Scope lost",
};
