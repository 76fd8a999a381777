import { joinValues } from "#lib/domain/filter-values.ts";
import type { RuleAsOurs } from "#lib/domain/source-rule.ts";
import { EXPLOIT, FIX, SEVERITY, TYPE } from "./map-finding.ts";
import { criterionWords } from "./rule-words.ts";

/** A criterion as the list's conditions name it, and what of it the list has no condition for. */
type Carried = { conditions: Record<string, string>; lost: Lost | null };
type Lost = RuleAsOurs["notCarried"][number]["effect"];
type Carry = (filters: object[]) => Carried;

const LONGEST_SEARCH = 198; // two quotes are put around it

// By the names of FilterCriteria: https://docs.aws.amazon.com/inspector/v2/APIReference/API_FilterCriteria.html
const CARRIERS: Record<string, Carry> = {
  awsAccountId: texts("accountId"),
  cloudProviderAccountId: texts("accountId"),
  cloudProviderRegion: texts("region"),
  severity: texts("severity", known(SEVERITY)),
  findingType: texts("type", known(TYPE)),
  fixAvailable: texts("fixAvailable", known(FIX)),
  exploitAvailable: texts("exploitAvailable", known(EXPLOIT)),
  vulnerabilityId: texts("cve"),
  resourceType: texts("resourceType"),
  resourceId: texts("resourceId"),
  ecrImageRepositoryName: texts("image"),
  cloudImageRepositoryName: texts("image"),
  lambdaFunctionName: texts("function"),
  cloudServerlessFunctionName: texts("function"),
  codeRepositoryProjectName: texts("repository"),
  codeVulnerabilityFilePath: texts("path", withoutGlob, (start) => withoutGlob(start) && `${start}*`),
  inspectorScore: numbers("score"),
  epssScore: numbers("epss"),
  resourceTags: tags,
  vulnerablePackages: packages,
  firstObservedAt: dates,
  title: titles,
};

/**
 * A suppression rule of Inspector's as a rule of ours would say it: the list's query, and in words what the list has no
 * condition for. A rule holds in its region alone; one that names no account is carried for its owner's, since only
 * Inspector knows whether that one administers others. Null where none of its criteria can be carried.
 */
export function toRuleAsOurs(criteria: object, rule: { region: string; accountId: string }): RuleAsOurs | null {
  const query = new URLSearchParams();
  const notCarried: RuleAsOurs["notCarried"] = [];
  for (const [name, filters] of Object.entries(criteria)) {
    if (!Array.isArray(filters) || filters.length === 0 || isOfOpen(name, filters)) continue;
    const { conditions, lost } = carry(name, filters, query);
    for (const [field, value] of Object.entries(conditions)) query.set(field, value);
    if (lost) notCarried.push({ criterion: criterionWords(name, filters), effect: lost });
  }
  if (query.size === 0) return null;
  if (!query.has("accountId")) {
    query.set("accountId", rule.accountId);
    notCarried.push({ criterion: `every account that ${rule.accountId} administers`, effect: "narrower" });
  }
  if (!query.has("region")) query.set("region", rule.region);
  return { query: query.toString(), notCarried };
}

/** Rules hold open findings only: that a criterion asks for them says nothing more. */
function isOfOpen(name: string, filters: unknown[]): boolean {
  return name === "findingStatus" && filters.some((filter) => textOf(filter).value === "ACTIVE");
}

const NOT_CARRIED: Carried = { conditions: {}, lost: "wider" };

/** A condition that another criterion has taken already cannot be asked twice. */
function carry(name: string, filters: unknown[], query: URLSearchParams): Carried {
  const carrier = Object.hasOwn(CARRIERS, name) ? CARRIERS[name] : undefined;
  const carried = carrier?.(filters.filter((one): one is object => typeof one === "object" && one !== null));
  const isTaken = Object.keys(carried?.conditions ?? {}).some((field) => query.has(field));
  return carried === undefined || isTaken ? NOT_CARRIED : carried;
}

type TextFilter = { comparison: unknown; value: string };

/** What a filter compares with; empty where it is no text. */
function textOf(filter: unknown): TextFilter {
  const { comparison, value }: { comparison?: unknown; value?: unknown } = Object(filter);
  return { comparison, value: typeof value === "string" ? value : "" };
}

function known(words: Record<string, string>): (value: string) => string | null {
  return (value) => (Object.hasOwn(words, value) ? (words[value] ?? null) : null);
}

/** A star stands for any text in a path of the list's. */
function withoutGlob(value: string): string | null {
  return value === "" || value.includes("*") ? null : value;
}

function asItIs(value: string): string | null {
  return value || null;
}

/** Alternatives stay alternatives, and what must not be is left out; a beginning only where the list can ask for one. */
function texts(field: string, toOurs = asItIs, toBeginning: (start: string) => string | null = () => null): Carry {
  return (filters) => {
    const asked = filters.map(textOf).map(({ comparison, value }) => {
      const ours = toOurs(value);
      return { isExcluded: comparison === "NOT_EQUALS", ours: comparison === "PREFIX" ? toBeginning(value) : ours };
    });
    const told = (isExcluded: boolean) =>
      asked.flatMap((one) => (one.isExcluded === isExcluded && one.ours !== null ? [one.ours] : []));
    const [kept, excluded] = [told(false), told(true)];
    return {
      conditions: {
        ...(kept.length > 0 && { [field]: joinValues(kept) }),
        ...(excluded.length > 0 && { [`-${field}`]: joinValues(excluded) }),
      },
      lost: lostOf(
        asked.filter(({ ours }) => ours === null),
        kept.length > 0,
      ),
    };
  };
}

/** Without one of several alternatives fewer match; without all of them, or without an exclusion, more do. */
function lostOf(left: { isExcluded: boolean }[], isAlternativeLeft: boolean): Lost | null {
  if (left.length === 0) return null;
  return isAlternativeLeft && !left.some(({ isExcluded }) => isExcluded) ? "narrower" : "wider";
}

function numbers(field: string): Carry {
  return (filters) => {
    const ranges = filters.map((filter) => {
      const { lowerInclusive, upperInclusive }: { lowerInclusive?: unknown; upperInclusive?: unknown } = filter;
      return `${bound(lowerInclusive)}..${bound(upperInclusive)}`;
    });
    return ranges.includes("..") ? NOT_CARRIED : { conditions: { [field]: joinValues(ranges) }, lost: null };
  };
}

const bound = (value: unknown): string => (typeof value === "number" && value >= 0 ? String(value) : "");

function tags(filters: object[]): Carried {
  const pairs = filters.map((filter) => {
    const { comparison, key, value }: { comparison?: unknown; key?: unknown; value?: unknown } = filter;
    if (comparison !== "EQUALS" || typeof key !== "string" || key.includes("=")) return null;
    return typeof value === "string" && value !== "" ? `${key}=${value}` : key;
  });
  const kept = pairs.filter((pair) => pair !== null);
  if (kept.length === 0) return NOT_CARRIED;
  return { conditions: { tag: joinValues(kept) }, lost: kept.length < pairs.length ? "narrower" : null };
}

/** A package by its name; its version, its file and the rest are written otherwise here. */
function packages(filters: object[]): Carried {
  const asked = filters.map((filter) => {
    const { name, ...rest }: { name?: unknown } = filter;
    return { name, isMore: Object.values(rest).some((one) => one !== undefined) };
  });
  const { conditions, lost } = texts("packageName")(asked.map(({ name }) => Object(name)));
  return { conditions, lost: asked.some(({ isMore }) => isMore) ? "wider" : lost };
}

/** One span of time. Ours ends before an instant, Inspector's with it. */
function dates([span, ...more]: object[]): Carried {
  const { startInclusive, endInclusive }: { startInclusive?: unknown; endInclusive?: unknown } = span ?? {};
  const conditions = {
    ...(startInclusive instanceof Date && { firstObservedFrom: startInclusive.toISOString() }),
    ...(endInclusive instanceof Date && { firstObservedTo: new Date(endInclusive.getTime() + 1).toISOString() }),
  };
  return more.length > 0 || Object.keys(conditions).length === 0 ? NOT_CARRIED : { conditions, lost: null };
}

/** The title of a package's finding begins with its CVE; any other is searched for. Several only where all have one. */
function titles(filters: object[]): Carried {
  const asked = filters.map(textOf);
  const cves = asked.map(({ value }) => /^(CVE-\d{4}-\d{4,19}) - /.exec(value)?.[1]);
  if (asked.every(({ comparison }, index) => comparison === "EQUALS" && cves[index] !== undefined)) {
    return { conditions: { cve: joinValues(cves.filter((cve) => cve !== undefined)) }, lost: "wider" };
  }
  const [{ comparison, value } = textOf(null)] = asked;
  const isSearched = asked.length === 1 && comparison !== "NOT_EQUALS" && value.length <= LONGEST_SEARCH;
  if (!isSearched || value === "" || value.includes('"')) return NOT_CARRIED;
  return { conditions: { q: `"${value}"` }, lost: "wider" };
}
