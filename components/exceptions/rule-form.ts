import type { RuleWords } from "#lib/client/exceptions.ts";
import type { Exception } from "#lib/domain/exception.ts";
import { readRuleText, toRuleText } from "#lib/domain/exception-query.ts";
import type { Grounds } from "#lib/domain/triage-act.ts";

/** What the dialog holds while a rule is being said. */
export type RuleForm = {
  /** The filter as it is typed. */
  text: string;
  grounds: Grounds;
  reason: string;
  until: "day" | "fix";
  /** YYYY-MM-DD. */
  day: string;
  owner: string;
};

const DAY_MS = 86_400_000;
const FIRST_DAYS = 30;

const toDay = (at: Date): string => at.toISOString().slice(0, 10);
const inAMonth = (now: Date): string => toDay(new Date(now.getTime() + FIRST_DAYS * DAY_MS));

/** A new rule of a list's address: a month, looked after by whoever makes it. */
export function newRuleForm(address: string, { userName, now }: { userName: string; now: Date }): RuleForm {
  const words = { grounds: "accepted-risk", reason: "", until: "day" } as const;
  return { text: toRuleText(address), ...words, day: inAMonth(now), owner: userName };
}

/** A rule as it is; what ends soon begins with another month. */
export function formOf({ version, pending }: Exception, now: Date): RuleForm {
  const { query, grounds, reason, until, owner } = pending ?? version;
  const day = until === "fix" || isSoon(until, now) ? inAMonth(now) : toDay(new Date(until));
  return { text: toRuleText(query), grounds, reason, until: until === "fix" ? "fix" : "day", day, owner };
}

const SOON_DAYS = 14;
const isSoon = (until: string, now: Date): boolean => Date.parse(until) - now.getTime() < SOON_DAYS * DAY_MS;

const isDay = (day: string): boolean => /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day));

export type ReadForm = { words: RuleWords; faults: string[]; whyNot: string | null };

/** What the form says, what of its filter cannot be understood, and what is still missing. */
export function readRuleForm({ text, day, ...form }: RuleForm): ReadForm {
  const { filter, faults } = readRuleText(text);
  const until = form.until === "fix" ? "fix" : day;
  return { words: { ...form, filter, until }, faults, whyNot: whyNot(form, { day, filter, faults }) };
}

type Read = { day: string; filter: Record<string, string>; faults: string[] };

function whyNot({ until, reason }: Pick<RuleForm, "until" | "reason">, { day, filter, faults }: Read): string | null {
  if (faults.length > 0) return "Part of the filter cannot be understood";
  if (Object.keys(filter).length === 0) return "Say what the rule is about";
  if (until === "day" && !isDay(day)) return "Choose its last day";
  return reason.trim() === "" ? "Say why first" : null;
}
