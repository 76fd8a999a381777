import { isDay } from "./day.ts";
import { isRangeWithin, readValues } from "./filter-values.ts";
import { DUES, HOLD_KINDS, MOVE_REASONS, MOVEMENTS, YES_OR_NO } from "./filter-words.ts";
import type { FieldName, FindingConditions } from "./finding-filter.ts";
import { type ConditionKey, QUERY_KEYS, SINGLES } from "./finding-query.ts";
import { FINDING_STATUSES, FIX_STATES, SOURCE_NAMES } from "./finding-words.ts";
import { SEVERITIES } from "./severities.ts";

// What the browser reads of an address, without the weight of the schema: `findingConditionsSchema` says the same to the
// API, and a test compares the two.

const FIELDS = Object.keys(QUERY_KEYS) as (keyof typeof QUERY_KEYS)[]; // Object.keys forgets the keys' type

/** Every condition of the list, those that leave out with a minus before their names. */
export const CONDITION_NAMES: readonly ConditionKey[] = [
  "q",
  ...FIELDS,
  ...FIELDS.filter((field) => !SINGLES.has(field)).map((field) => `-${field}` as ConditionKey), // both halves are names
];

/** The field of a condition: a minus before its name leaves out instead of keeping. */
export const fieldOf = (name: ConditionKey): FieldName => name.replace(/^-/, "") as FieldName; // replace forgets the type

const MOST_LETTERS = 2048;
const MOST_SEARCHED = 200;
const UUID =
  /^(?:[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}|0{8}(?:-0{4}){3}-0{12}|f{8}(?:-f{4}){3}-f{12})$/i;
const TIME = /^T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

export const isUuid = (text: string): boolean => UUID.test(text);

type Check = (one: string) => boolean;
const oneOf =
  (words: readonly string[]): Check =>
  (one) =>
    words.includes(one);
const within =
  (least: number, most: number): Check =>
  (one) =>
    isRangeWithin(one, least, most);
const isText: Check = (one) => one.length <= MOST_LETTERS && !one.includes("\0");

/** What a value has to be where a field takes several; any text where nothing stands here. */
const CHECKS: Partial<Record<FieldName, Check>> = {
  severity: oneOf(SEVERITIES),
  status: oneOf(FINDING_STATUSES),
  source: oneOf(SOURCE_NAMES),
  fixAvailable: oneOf(FIX_STATES),
  exploitAvailable: oneOf(YES_OR_NO),
  knownExploited: oneOf(YES_OR_NO),
  epss: within(0, 1),
  score: within(0, 10),
  age: within(0, 36_500),
  due: oneOf(DUES),
  overdueDays: within(0, 36_500),
  suppressedBy: oneOf(HOLD_KINDS),
  exception: isUuid,
  issueId: isUuid,
  lineageId: isUuid,
  movement: oneOf(MOVEMENTS),
  moved: oneOf(MOVE_REASONS),
};

/** How the fields with one value are read; undefined = it is none. */
const toInstant = (text: string): string | undefined =>
  isDay(text) || isInstant(text) ? new Date(text).toISOString() : undefined;
const ONE_VALUE: Partial<Record<FieldName, (text: string) => string | undefined>> = {
  q: (text) => (text.trim().length <= MOST_SEARCHED && !text.includes("\0") ? text.trim() : undefined),
  firstObservedFrom: toInstant,
  firstObservedTo: toInstant,
  updatedFrom: toInstant,
  updatedTo: toInstant,
  movedFrom: toInstant,
  movedTo: toInstant,
  issueOpenedFrom: toInstant,
  issueOpenedTo: toInstant,
  issueFixedFrom: toInstant,
  issueFixedTo: toInstant,
  asOf: (text) => (isDay(text) ? text : toInstant(text)),
};

type ListKey = { [Name in ConditionKey]: FindingConditions[Name] extends string[] ? Name : never }[ConditionKey];

/** Whether the condition takes several values. */
export const isList = (name: ConditionKey): name is ListKey => ONE_VALUE[fieldOf(name)] === undefined;

/** A condition as a query has it, read as the API reads it. Undefined: it has no such value. */
export function readCondition(name: ConditionKey, written: string | string[]): string | string[] | undefined {
  const field = fieldOf(name);
  const read = ONE_VALUE[field];
  if (read) return typeof written === "string" ? read(written) : undefined;
  return readValues(written, CHECKS[field] ?? isText);
}

function isInstant(text: string): boolean {
  return isDay(text.slice(0, 10)) && TIME.test(text.slice(10));
}
