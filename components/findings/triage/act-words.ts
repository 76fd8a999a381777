import type { IconName } from "#components/ui/icon.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { severityWord } from "#components/ui/severity.tsx";
import { formatDay } from "#components/ui/times.ts";
import type { DraftAct, TriageAct, TriageActKind } from "#lib/domain/triage-act.ts";
import { GROUNDS_WORDS } from "#lib/domain/triage-words.ts";

/** Each act by name, with the key that starts it. */
export const ACTS: Record<TriageActKind, { name: string; key: string; icon: IconName; needsLead: boolean }> = {
  assign: { name: "Assign", key: "a", icon: "user", needsLead: false },
  due: { name: "Due", key: "d", icon: "clock", needsLead: true },
  suppress: { name: "Suppress", key: "s", icon: "hide", needsLead: true },
  severity: { name: "Change severity", key: "v", icon: "trends", needsLead: true },
  unsuppress: { name: "Lift suppression", key: "u", icon: "refresh", needsLead: true },
  comment: { name: "Comment", key: "c", icon: "file", needsLead: false },
};

/** "until 24 Dec", "until a fix exists". */
export function untilWords(until: string, now: Date): string {
  return until === "fix" ? "until a fix exists" : `until ${formatDay(new Date(until), now)}`;
}

const findings = (count: number) => `${formatCount(count)} ${count === 1 ? "finding" : "findings"}`;

type Words = { [Kind in TriageActKind]: (act: Extract<DraftAct, { kind: Kind }>, count: string, now: Date) => string };

const BUTTONS: Words = {
  assign: ({ assignee }, count) => (assignee === null ? `Assign ${count} to nobody` : `Assign ${count} to ${assignee}`),
  due: ({ dueAt }, count, now) =>
    dueAt === null ? `Clear the due date of ${count}` : `Set ${count} due on ${formatDay(new Date(dueAt), now)}`,
  severity: ({ severity }, count) =>
    severity === null
      ? `Give ${count} the source’s severity`
      : `Change ${count} to ${severityWord(severity).toLowerCase()}`,
  suppress: ({ until }, count, now) => `Suppress ${count} ${untilWords(until, now)}`,
  unsuppress: (_, count) => `Lift ${count}`,
  comment: (_, count) => `Comment on ${count}`,
};

const DONE: Words = {
  assign: ({ assignee }, count) => `${count} assigned to ${assignee ?? "nobody"}`,
  due: ({ dueAt }, count, now) =>
    dueAt === null ? `${count} without a due date` : `${count} due on ${formatDay(new Date(dueAt), now)}`,
  severity: ({ severity }, count) =>
    severity === null
      ? `${count} with the source’s severity`
      : `${count} changed to ${severityWord(severity).toLowerCase()}`,
  suppress: ({ until }, count, now) => `${count} suppressed ${untilWords(until, now)}`,
  unsuppress: (_, count) => `${count} no longer suppressed by a person`,
  comment: (_, count) => `Commented on ${count}`,
};

/** The act and the count, for its button: "Suppress 3 until 24 Dec". */
export const actButton = (act: DraftAct, count: number, now: Date): string =>
  say(BUTTONS, act, formatCount(count), now);

/** What was done: "3 findings suppressed until 24 Dec". */
export const actDone = (act: TriageAct, count: number, now: Date): string => say(DONE, act, findings(count), now);

/** An act about one finding, in its timeline. */
export function decidedWords(act: TriageAct, now: Date): string {
  switch (act.kind) {
    case "assign":
      return `Assigned to ${act.assignee ?? "nobody"}`;
    case "due":
      return act.dueAt === null ? "Due date cleared" : `Due on ${formatDay(new Date(act.dueAt), now)}`;
    case "severity":
      return act.severity === null
        ? "The source’s severity again"
        : `Changed to ${severityWord(act.severity).toLowerCase()}`;
    case "suppress":
      return `Suppressed ${untilWords(act.until, now)}: ${GROUNDS_WORDS[act.grounds].toLowerCase()}`;
    case "unsuppress":
      return "Suppression lifted";
    case "comment":
      return "Commented";
  }
}

function say<Act extends DraftAct>(words: Words, act: Act, count: string, now: Date): string {
  // The entry of its kind takes the act: a union's kind and act cannot be followed together.
  const entry = words[act.kind] as (act: Act, count: string, now: Date) => string;
  return entry(act, count, now);
}

/** The title of the dialog: "Suppress 3 findings". */
export function actTitle(kind: TriageActKind, count: number | null): string {
  const subject = count === null ? "findings" : findings(count);
  const titles: Record<TriageActKind, string> = {
    assign: `Assign ${subject}`,
    due: `Set when ${subject} ${count === 1 ? "is" : "are"} due`,
    severity: `Change the severity of ${subject}`,
    suppress: `Suppress ${subject}`,
    unsuppress: `Lift the suppression of ${subject}`,
    comment: `Comment on ${subject}`,
  };
  return titles[kind];
}

export const ACT_TEXTS: Record<TriageActKind, string | undefined> = {
  assign: "An issue has one assignee: all its findings are assigned together.",
  due: "An issue has one due date: all its findings are due together. It ends with that day, in UTC.",
  severity: "The source’s own severity stays beside it. A later rescoring by the source does not change yours.",
  suppress: "They leave the lists, counts and due dates until then, and come back by themselves.",
  unsuppress: "What a person suppressed is open again. What AWS suppressed stays so.",
  comment: undefined,
};
