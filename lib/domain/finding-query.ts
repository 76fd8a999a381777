import type { FieldName, FindingConditions } from "./finding-filter.ts";

/** What a field is called where a query is typed. */
export const QUERY_KEYS = {
  severity: "severity",
  status: "status",
  source: "source",
  type: "type",
  accountId: "account",
  region: "region",
  resourceType: "resource-type",
  resourceId: "resource",
  tag: "tag",
  image: "image",
  function: "function",
  repository: "repository",
  scanName: "scan",
  team: "team",
  path: "file",
  cve: "cve",
  cwe: "cwe",
  detectorId: "detector",
  packageName: "package",
  packageVersion: "version",
  packageFixedIn: "fixed-in",
  packageManager: "manager",
  fixAvailable: "fix",
  exploitAvailable: "exploit",
  knownExploited: "exploited",
  epss: "epss",
  score: "score",
  age: "age",
  assignee: "assignee",
  due: "due",
  overdueDays: "overdue",
  suppressedBy: "suppressed-by",
  exception: "exception",
  issueId: "issue",
  lineageId: "place",
  firstObservedFrom: "seen-from",
  firstObservedTo: "seen-before",
  updatedFrom: "updated-from",
  updatedTo: "updated-before",
  movement: "change",
  moved: "changed",
  movedFrom: "changed-from",
  movedTo: "changed-before",
  issueOpenedFrom: "issue-opened-from",
  issueOpenedTo: "issue-opened-before",
  issueFixedFrom: "issue-fixed-from",
  issueFixedTo: "issue-fixed-before",
  asOf: "as-of",
} as const satisfies Record<Exclude<FieldName, "q">, string>;
export type QueryField = keyof typeof QUERY_KEYS;
/** A condition as the list's query names it: with a minus it leaves out. */
export type ConditionKey = keyof FindingConditions;

const FIELDS = new Map<string, QueryField>(
  Object.entries(QUERY_KEYS).map(([field, key]) => [key, field as QueryField]),
); // entries forget keys

/** One `key:value,value` of a query; `from` and `to` are where it stands in the text. */
export type QueryCondition = { name: ConditionKey; values: string[]; from: number; to: number };
export type QueryFault = { from: number; to: number; message: string };
export type ParsedQuery = { conditions: QueryCondition[]; q: string; faults: QueryFault[] };

// A word, with or without a key before it. Within quotes everything but a quote stands for itself; \" is a quote.
const QUOTED = /"(?:\\[\\"]|[^"])*"?/.source;
const TOKEN = new RegExp(`(?:${QUOTED}|[^\\s"])+`, "g");
const KEYED = /^(-?)([a-z][a-z-]*):(.*)$/is;
const VALUE = new RegExp(`(?:${QUOTED}|[^,"])+`, "g");

/**
 * Reads a query as it is typed: `severity:critical,high -account:1234 log4j "exact words"`. A word with a colon whose
 * beginning is no key is a fault, unless it stands in quotes. What is no condition is the text to search for.
 */
export function parseQuery(text: string): ParsedQuery {
  const parsed: ParsedQuery = { conditions: [], q: "", faults: [] };
  const words: string[] = [];
  for (const match of text.matchAll(TOKEN)) {
    const place = { from: match.index, to: match.index + match[0].length };
    const [, minus = "", key = "", rest] = KEYED.exec(match[0]) ?? [];
    if (rest === undefined) words.push(match[0]);
    else readCondition({ minus, key: key.toLowerCase(), rest, ...place }, parsed);
  }
  return { ...parsed, q: words.join(" ") };
}

type Keyed = { minus: string; key: string; rest: string; from: number; to: number };

function readCondition({ minus, key, rest, from, to }: Keyed, { conditions, faults }: ParsedQuery): void {
  const field = FIELDS.get(key);
  const fault = (message: string) => faults.push({ from, to, message });
  if (field === undefined) {
    fault(`There is no filter called ${key}. In quotes, "${key}:…" is searched for as text`);
    return;
  }
  const values = [...rest.matchAll(VALUE)].map(([value]) => unquoted(value)).filter(Boolean);
  if (values.length === 0) fault(`Say which ${key}, as in ${key}:value`);
  else if (minus === "-" && SINGLES.has(field)) fault(`${key} cannot be left out: turn it round instead`);
  else conditions.push({ name: `${minus}${field}` as ConditionKey, values, from, to }); // made of both halves of its name
}

/** What has one value, and no minus. */
export const SINGLES: ReadonlySet<QueryField> = new Set<QueryField>([
  "firstObservedFrom",
  "firstObservedTo",
  "updatedFrom",
  "updatedTo",
  "movement",
  "moved",
  "movedFrom",
  "movedTo",
  "issueOpenedFrom",
  "issueOpenedTo",
  "issueFixedFrom",
  "issueFixedTo",
  "asOf",
]);

const unquoted = (value: string): string =>
  value.replace(/"((?:\\[\\"]|[^"])*)"?/g, (_, inner: string) => inner.replace(/\\([\\"])/g, "$1")).trim();

const quoted = (value: string): string => (/^[^\s",]+$/.test(value) ? value : `"${value.replace(/["\\]/g, "\\$&")}"`);

/** The key of a condition, with its minus. */
export function toQueryKey(name: ConditionKey): string {
  return name.startsWith("-") ? `-${QUERY_KEYS[name.slice(1) as QueryField]}` : QUERY_KEYS[name as QueryField]; // never q
}

/** One condition as a query has it: `parseQuery` reads it back. */
export function printCondition({ name, values }: Pick<QueryCondition, "name" | "values">): string {
  return `${toQueryKey(name)}:${values.map(quoted).join(",")}`;
}

/** A whole query: the conditions, then the text. */
export function printQuery(conditions: Pick<QueryCondition, "name" | "values">[], q: string): string {
  return [...conditions.map(printCondition), ...(q === "" ? [] : [q])].join(" ");
}
