import type { Severity } from "#lib/domain/severity.ts";
import type { DraftAct, Grounds, TriageAct, TriageActKind } from "#lib/domain/triage-act.ts";

/** What the dialog holds while an act is being said; each act needs a part of it. */
export type ActForm = {
  kind: TriageActKind;
  assignee: string | null;
  /** YYYY-MM-DD; empty = none. */
  day: string;
  severity: Severity | null;
  grounds: Grounds;
  until: "day" | "fix";
  reason: string;
};

const DAY_MS = 86_400_000;
const DUE_DAYS = 14;
const SUPPRESSED_DAYS = 30;

const toDay = (at: Date): string => at.toISOString().slice(0, 10);

/** Where each act begins: the person themselves, two weeks, a month. */
export function newActForm(kind: TriageActKind, { userName, now }: { userName: string | null; now: Date }): ActForm {
  const days = kind === "due" ? DUE_DAYS : SUPPRESSED_DAYS;
  return {
    kind,
    assignee: userName,
    day: toDay(new Date(now.getTime() + days * DAY_MS)),
    severity: "low",
    grounds: "not-reachable",
    until: "day",
    reason: "",
  };
}

/** Whether it is a day of the calendar. */
export function isDay(day: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));
}

/** A day ends with its last instant, in UTC. */
const endOf = (day: string): string => `${day}T23:59:59.999Z`;

/** The act as far as it is said; null while a date is missing. */
export function toDraftAct(form: ActForm): DraftAct | null {
  const { kind, assignee, day, severity, grounds, until } = form;
  const reason = form.reason.trim() || undefined;
  switch (kind) {
    case "assign":
      return { kind, assignee };
    case "due":
      if (day !== "" && !isDay(day)) return null;
      return { kind, dueAt: day === "" ? null : endOf(day) };
    case "severity":
      return { kind, severity, reason };
    case "suppress":
      if (until === "day" && !isDay(day)) return null;
      return { kind, grounds, until: until === "fix" ? "fix" : endOf(day), reason };
    case "unsuppress":
      return { kind, reason };
    case "comment":
      return { kind, text: reason };
  }
}

/** The whole act; null while something that it needs is not said. */
export function toAct(form: ActForm): TriageAct | null {
  const act = toDraftAct(form);
  if (act === null) return null;
  if (act.kind === "severity") return act.reason === undefined ? null : { ...act, reason: act.reason };
  if (act.kind === "suppress") {
    return act.reason === undefined || act.grounds === undefined
      ? null
      : { ...act, reason: act.reason, grounds: act.grounds };
  }
  if (act.kind === "comment") return act.text === undefined ? null : { ...act, text: act.text };
  return act;
}
