import type { IconName } from "#components/ui/icon.tsx";
import { severityWord } from "#components/ui/severity.tsx";
import type { LifecycleEvent } from "#lib/domain/finding-page.ts";
import type { LifecycleEventCause, LifecycleEventKind } from "#lib/domain/lifecycle-event.ts";
import { decidedWords } from "./triage/act-words.ts";

/** What happened, for each kind of event. Every kind has its words. */
const WORDS: Record<LifecycleEventKind, (event: LifecycleEvent) => string> = {
  opened: ({ cause }) => (cause === "scope-added" ? "There when this account was first read" : "First seen"),
  closed: ({ cause }) => CLOSED[cause] ?? "Closed",
  reopened: () => "Came back",
  rescored: ({ cause, severityBefore, severityAfter }) =>
    RESCORED[cause] ??
    (severityBefore && severityBefore !== severityAfter
      ? `${severityWord(severityBefore)} became ${severityWord(severityAfter).toLowerCase()}`
      : "Scored anew"),
  suppressed: ({ cause }) => (cause === "undo" ? "Suppressed again: undone" : `Suppressed ${BY[cause] ?? ""}`.trim()),
  unsuppressed: ({ cause }) => LIFTED[cause] ?? `Open again ${BY[cause] ?? ""}`.trim(),
  moved: () => "Moved to another issue; the clock went along",
  assigned: ({ cause }) => (cause === "undo" ? "Assigned as before: undone" : "Assigned"),
  "due-set": ({ cause }) => DUE_SET[cause] ?? "Due date set",
  commented: ({ cause }) => (cause === "undo" ? "Comment withdrawn" : "Commented"),
};

const DUE_SET: Partial<Record<LifecycleEventCause, string>> = {
  undo: "Due as before: undone",
  policy: "Due at another time by the SLA policy",
};

const CLOSED: Partial<Record<LifecycleEventCause, string>> = {
  fixed: "Fixed: its resource is still scanned and no longer shows it",
  "resource-gone": "Closed: the resource is gone",
  "not-reported": "Closed: the source no longer reports it",
  "scope-lost": "Closed: this account or region is no longer read",
  source: "Closed by the source",
};
const RESCORED: Partial<Record<LifecycleEventCause, string>> = {
  listed: "CISA’s catalogue lists it as exploited; ranked anew",
  unlisted: "No longer in the imported catalogue of exploited vulnerabilities; ranked anew",
};
const LIFTED: Partial<Record<LifecycleEventCause, string>> = {
  expiry: "Open again: the suppression ran out",
  fix: "Open again: there is a fix now",
  person: "Suppression lifted",
  undo: "Suppression undone",
  rule: "Open again: the rule no longer holds it",
};
const BY: Partial<Record<LifecycleEventCause, string>> = { source: "in AWS", person: "by a person", rule: "by a rule" };

const ICONS: Record<LifecycleEventKind, IconName> = {
  opened: "plus",
  closed: "check",
  reopened: "refresh",
  rescored: "trends",
  suppressed: "hide",
  unsuppressed: "undo",
  moved: "arrow",
  assigned: "user",
  "due-set": "clock",
  commented: "file",
};

/** One entry of the timeline in words; of a decision, what was decided. */
export function eventWords(event: LifecycleEvent, now: Date): string {
  const { decision, cause, kind } = event;
  return decision && cause === "person" && kind !== "rescored" ? decidedWords(decision.act, now) : WORDS[kind](event);
}
export const eventIcon = (event: LifecycleEvent): IconName => ICONS[event.kind];
