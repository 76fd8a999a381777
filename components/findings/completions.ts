import { addDays, toDay } from "#lib/domain/day.ts";
import { DUES, HOLD_KINDS, MOVE_REASONS, SUGGESTED_FIELDS, YES_OR_NO } from "#lib/domain/filter-words.ts";
import { QUERY_KEYS, type QueryField, SINGLES } from "#lib/domain/finding-query.ts";
import { FINDING_STATUSES, FIX_STATES, SOURCE_NAMES } from "#lib/domain/finding-words.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { SuggestedField } from "#lib/domain/suggestion.ts";
import { FIELD_WORDS, valueWord } from "./words.ts";

/** What stands before the caret: the beginning of a key, or of a value of a field. `from` is where it begins. */
export type Beginning = { from: number; typed: string; field: QueryField | null };

/** Something that may come next. `text` takes the place of what is typed; `isWhole`: the condition is then complete. */
export type Completion = { text: string; label: string; about: string; isWhole: boolean };

const FIELDS = new Map<string, QueryField>(
  // Object.entries forgets the keys' type.
  Object.entries(QUERY_KEYS).map(([field, key]) => [key, field as QueryField]),
);

/** Looks back from the caret to where the word, or the last value of its list, begins. */
export function beginningAt(text: string, caret: number): Beginning {
  const before = text.slice(0, caret);
  const word = /(?:"(?:\\[\\"]|[^"])*"?|[^\s"])*$/.exec(before)?.[0] ?? "";
  const [, key = "", values] = /^-?([a-z][a-z-]*):(.*)$/is.exec(word) ?? [];
  const field = FIELDS.get(key.toLowerCase());
  if (values === undefined || field === undefined) {
    const typed = word.replace(/^-/, "");
    return { from: caret - typed.length, typed, field: null };
  }
  const last = /(?:"(?:\\[\\"]|[^"])*"?|[^,"])*$/.exec(values)?.[0] ?? "";
  return { from: caret - last.length, typed: last.replaceAll('"', ""), field };
}

/** Fields of which every value is known, in their order. */
const KNOWN_VALUES: Partial<Record<QueryField, readonly string[]>> = {
  severity: SEVERITIES,
  status: FINDING_STATUSES,
  source: SOURCE_NAMES,
  type: ["package", "network", "code"],
  fixAvailable: FIX_STATES,
  exploitAvailable: YES_OR_NO,
  knownExploited: YES_OR_NO,
  due: DUES,
  suppressedBy: HOLD_KINDS,
  moved: MOVE_REASONS,
};

/** How values are written that nobody could list. */
const EXAMPLES: Partial<Record<QueryField, [value: string, about: string][]>> = {
  epss: [
    ["0.1..", "10 % or more"],
    ["0.5..", "50 % or more"],
  ],
  score: [
    ["9..", "9.0 or more"],
    ["7..8.9", "from 7.0 to 8.9"],
  ],
  age: [
    ["..7", "seen within the last week"],
    ["30..", "30 days or older"],
    ["90..", "90 days or older"],
  ],
  overdueDays: [
    ["..7", "since a week at most"],
    ["30..", "since 30 days or more"],
  ],
};

/** What a day is asked for: most look back from today. */
const DAYS_BACK = [7, 30, 90];

function daysBack(field: QueryField, now: Date): [value: string, about: string][] {
  if (!SINGLES.has(field) || field === "movement" || field === "moved") return [];
  return DAYS_BACK.map((days) => [addDays(toDay(now), -days), `${days} days ago`]);
}

/** The field whose values a dictionary knows, if it is one. */
export function suggestedField(field: QueryField | null): SuggestedField | undefined {
  return SUGGESTED_FIELDS.find((one) => one === field);
}

const has = (typed: string, ...texts: string[]) =>
  texts.some((text) => text.toLowerCase().includes(typed.toLowerCase()));
const MOST_KEYS = 8;

/** What may come next, as far as the page knows by itself. */
export function completionsOf({ field, typed }: Beginning, now: Date): Completion[] {
  if (field === null) return typed === "" ? [] : keysWith(typed);
  const known = (KNOWN_VALUES[field] ?? []).map((value): [string, string] => [value, valueWord(field, value)]);
  return [...known, ...(EXAMPLES[field] ?? []), ...daysBack(field, now)]
    .filter(([value, about]) => has(typed, value, about))
    .map(([value, about]) => ({ text: value, label: value, about, isWhole: true }));
}

function keysWith(typed: string): Completion[] {
  const found = Object.entries(QUERY_KEYS).filter(([field, key]) => has(typed, key, FIELD_WORDS[field as QueryField])); // entries forget keys
  return found
    .sort(([, a], [, b]) => Number(b.startsWith(typed)) - Number(a.startsWith(typed)) || a.length - b.length)
    .slice(0, MOST_KEYS)
    .map(([field, key]) => ({
      text: `${key}:`,
      label: `${key}:`,
      about: FIELD_WORDS[field as QueryField],
      isWhole: false,
    }));
}
