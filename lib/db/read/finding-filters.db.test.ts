import { beforeAll, expect, test } from "vitest";
import { toRange } from "#lib/domain/filter-values.ts";
import { NOBODY } from "#lib/domain/filter-words.ts";
import type { Finding } from "#lib/domain/finding.ts";
import {
  type FindingQuery,
  findingConditionsSchema,
  findingFilterSchema,
  LIST_FIELD_NAMES,
  type ListField,
} from "#lib/domain/finding-filter.ts";
import { findingGroupsQuerySchema, groupKeySchema } from "#lib/domain/finding-groups.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { toSearchTerms } from "#lib/domain/search-terms.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { NO_TEAM } from "#lib/domain/team-words.ts";
import { appDatabase } from "#testing/app-database.ts";
import { EXCEPTIONS, KINDS, saveEveryKind } from "#testing/every-kind.ts";
import { randomFrom } from "#testing/random.ts";
import { database } from "../database.ts";
import { lineageId } from "../identity.ts";
import { listFindingGroups } from "./finding-groups.ts";
import { countFindings, listFindings } from "./list-findings.ts";

appDatabase();

const FINDINGS = 5_000;
const DAY_MS = 86_400_000;
const random = randomFrom(20_261_124);
const { pick, below } = random;

type Known = { observed: ObservedFinding; finding: Finding; holds: string[]; heldBy: string[] };
let all: Known[] = [];

beforeAll(async () => {
  const observed = await saveEveryKind(FINDINGS, random, new Date());
  const { rows } = await database().pool.query("SELECT finding_id AS id, kind, key FROM finding_hold");
  const byTitle = new Map(observed.map((one) => [one.title, one]));
  all = (await everyFinding({})).map((finding) => ({
    finding,
    observed: byTitle.get(finding.title)!,
    holds: rows.filter(({ id }) => id === finding.id).map(({ kind }) => kind),
    heldBy: rows.filter(({ id }) => id === finding.id).map(({ key }) => key),
  }));
}, 60_000);

/** The whole list at once: that pages hang together is told elsewhere. */
async function everyFinding(query: FindingQuery): Promise<Finding[]> {
  return (await listFindings({ ...findingFilterSchema.parse(query), limit: FINDINGS })).items;
}

/** What is listed and should not be, and the other way round: the lists themselves would be pages long. */
function differenceOf(listed: Finding[], expected: Known[]) {
  const ids = new Set(listed.map(({ id }) => id));
  const wanted = new Set(expected.map(({ finding }) => finding.id));
  return {
    tooMany: listed.filter(({ id }) => !wanted.has(id)).slice(0, 2),
    missing: expected.filter(({ finding }) => !ids.has(finding.id)).slice(0, 2),
  };
}
const NONE = { tooMany: [], missing: [] };

const isIn = (text: string, number: number | null) => {
  const { from, to } = toRange(text)!;
  return number !== null && number >= (from ?? 0) && number <= (to ?? Number.MAX_VALUE);
};
const placeOf = ({ observed }: Known, kind: string) => {
  const [, found, place] = /^(\w+):[^/]*\/(.*)$/.exec(observed.resource.lineage) ?? [];
  return found === kind ? place : undefined;
};
const teamOf = (known: Known) => {
  if (known.observed.resource.tags.team === "red") return "red";
  return placeOf(known, "repository")?.startsWith("acme/site-") ? "sites" : NO_TEAM;
};
const dueOf = ({ finding: { dueAt } }: Known) => {
  if (dueAt === null) return "none";
  const days = (new Date(dueAt).getTime() - Date.now()) / DAY_MS;
  if (days < 0) return "overdue";
  return days < 7 ? "week" : "later";
};
/** The clock of an issue began with its first finding: here what has ended has just done so. */
const isAtRisk = ({ finding }: Known) => {
  if (finding.dueAt === null) return false;
  const members = all.filter((other) => other.finding.issueId === finding.issueId);
  if (members.every((other) => other.finding.status === "closed")) return false;
  const began = Math.min(...members.map(({ observed }) => observed.firstObservedAt.getTime()));
  const due = new Date(finding.dueAt).getTime();
  const left = due - Date.now();
  return left >= 0 && left <= Math.max(3 * DAY_MS, (due - began) / 4);
};
const overdueDaysOf = ({ finding: { dueAt } }: Known) => {
  const late = dueAt === null ? -1 : Date.now() - new Date(dueAt).getTime();
  return late < 0 ? null : Math.floor(late / DAY_MS);
};
const epssOf = ({ observed }: Known) => observed.vulnerability.epss;

/** Code has a place of its own within that of its resource. */
const lineageOf = ({ accountId, type, lineage, resource }: ObservedFinding) =>
  lineageId(accountId, type === "code" ? lineage : resource.lineage);

/** For each field what a plain look at a finding says of one value. */
const HAS: Record<ListField, (known: Known, value: string) => boolean> = {
  severity: ({ observed }, value) => observed.severity === value,
  status: ({ finding }, value) => finding.status === value,
  source: ({ finding }, value) => finding.source === value,
  type: ({ observed }, value) => observed.type === value,
  accountId: ({ observed }, value) => observed.accountId === value,
  region: ({ observed }, value) => observed.region === value,
  resourceType: ({ observed }, value) => observed.resource.type === value,
  resourceId: ({ observed }, value) => observed.resource.id === value,
  tag: ({ observed }, value) => {
    const [key = "", ...rest] = value.split("=");
    const { tags } = observed.resource;
    return rest.length === 0 ? key in tags : tags[key] === rest.join("=");
  },
  image: (known, value) => placeOf(known, "image") === value,
  function: (known, value) => placeOf(known, "function") === value,
  repository: (known, value) => placeOf(known, "repository") === value,
  scanName: ({ observed }, value) => observed.scanName === value,
  team: (known, value) => teamOf(known) === value,
  path: ({ observed }, value) => {
    const [start = "", end] = value.split("*");
    const path = observed.code?.path ?? "";
    return end === undefined ? path === value : path !== "" && path.startsWith(start) && path.endsWith(end);
  },
  cve: ({ observed }, value) => observed.vulnerability.name === value,
  cwe: ({ observed }, value) => observed.vulnerability.cwes.includes(value),
  detectorId: ({ observed }, value) => observed.vulnerability.name === value,
  packageName: ({ observed }, value) => observed.packages[0]?.name === value,
  packageVersion: ({ observed }, value) => observed.packages[0]?.version === value,
  packageFixedIn: ({ observed }, value) => observed.packages[0]?.fixedIn === value,
  packageManager: ({ observed }, value) => observed.packages[0]?.manager === value,
  fixAvailable: ({ observed }, value) => observed.fixAvailable === value,
  exploitAvailable: ({ observed }, value) => observed.exploitAvailable === value,
  knownExploited: ({ finding }, value) => (finding.knownExploited ? "yes" : "no") === value,
  epss: (known, value) => isIn(value, epssOf(known)),
  score: ({ observed }, value) => isIn(value, observed.score),
  age: ({ observed }, value) => isIn(value, Math.floor((Date.now() - observed.firstObservedAt.getTime()) / DAY_MS)),
  assignee: ({ finding }, value) => (finding.assignee ?? NOBODY) === value,
  due: (known, value) => (value === "at-risk" ? isAtRisk(known) : dueOf(known) === value),
  overdueDays: (known, value) => isIn(value, overdueDaysOf(known)),
  suppressedBy: ({ holds }, value) => holds.includes(value),
  exception: ({ heldBy }, value) => heldBy.includes(value),
  issueId: ({ finding }, value) => finding.issueId === value,
  lineageId: ({ observed }, value) => lineageOf(observed) === value,
};

/** Values that some finding has, and one that none has. */
const VALUES: Record<ListField, () => string> = {
  ...(Object.fromEntries(
    LIST_FIELD_NAMES.map((field) => [
      field,
      () => pick(all.map(({ finding }) => String(Object(finding)[field] ?? "none"))),
    ]),
  ) as Record<ListField, () => string>),
  resourceType: () => pick(KINDS).type,
  resourceId: () => pick(all).observed.resource.id,
  tag: () => pick(["team=red", "team", "env", "env=a=b,c", "team=green"]),
  image: () => `team/app-${below(13)}`,
  function: () => `worker-${below(13)}`,
  repository: () => `acme/site-${below(13)}`,
  scanName: () => pick(["shop", "billing", "other"]),
  team: () => pick(["red", "sites", NO_TEAM, "other"]),
  path: () => pick(["src/api/*", "*.py", "src/web_ui/file3.py", "src/webxui/file3.py", "*"]),
  cwe: () => pick(["CWE-79", "CWE-89", "CWE-44", "CWE-1"]),
  cve: () => `CVE-2025-${1000 + below(61)}`,
  detectorId: () => `python/detector-${below(9)}@v1.0`,
  packageName: () => pick(["openssl", "curl", "a,b", "a"]),
  packageVersion: () => `1.${below(5)}`,
  packageFixedIn: () => pick(["1.9", ">=2,<3"]),
  packageManager: () => pick(["OS", "NPM", "GO"]),
  fixAvailable: () => pick(["yes", "no", "partial"]),
  exploitAvailable: () => pick(["yes", "no"]),
  knownExploited: () => pick(["yes", "no"]),
  epss: () => pick(["0.4", "..0.3", "0.3..0.5", "0.5.."]),
  score: () => pick(["7.1", "..3.3", "6..9.9", "9.."]),
  age: () => pick(["30..", "..7", "100..200", "5"]),
  assignee: () => pick(["mira", "tunde", NOBODY, "nobody"]),
  due: () => pick(["overdue", "at-risk", "week", "later", "none"]),
  overdueDays: () => pick(["..3", "5..", "2..9", "7"]),
  suppressedBy: () => pick(["aws", "person", "rule"]),
  exception: () => pick([...EXCEPTIONS, "00000000-0000-8000-8000-000000000000"]),
  issueId: () => pick(all).finding.issueId,
  lineageId: () => lineageOf(pick(all).observed),
};

/** Up to three values of a field, kept or left out. */
function anyCondition(field: ListField) {
  const values = Array.from({ length: 1 + below(3) }, () => VALUES[field]());
  const isLeftOut = below(2) === 0;
  const has = (known: Known) => values.some((value) => HAS[field](known, value));
  return { name: isLeftOut ? `-${field}` : field, values, matches: (known: Known) => has(known) !== isLeftOut };
}

async function expectAgreement(conditions: ReturnType<typeof anyCondition>[]): Promise<void> {
  const params = new URLSearchParams();
  for (const { name, values } of conditions)
    for (const value of values) params.append(name, value.replaceAll("\\", "\\\\").replaceAll(",", "\\,"));
  const query = Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
  const expected = all.filter((known) => conditions.every(({ matches }) => matches(known)));
  const listed = await everyFinding(query);
  expect(differenceOf(listed, expected), `${params}`).toEqual(NONE);
  expect(await countFindings(findingConditionsSchema.parse(query)), `${params}`).toEqual({
    count: expected.length,
    exact: true,
  });
}

test.each(LIST_FIELD_NAMES)("%s keeps and leaves out what a plain look at 5,000 findings does", async (field) => {
  for (let round = 0; round < 4; round += 1) await expectAgreement([anyCondition(field)]);
});

test("conditions of different fields all hold", async () => {
  for (let round = 0; round < 60; round += 1) {
    const [one, two] = [pick(LIST_FIELD_NAMES), pick(LIST_FIELD_NAMES)];
    await expectAgreement(one === two ? [anyCondition(one)] : [anyCondition(one), anyCondition(two)]);
  }
}, 60_000);

test("a field can keep some values and leave out others", async () => {
  const query = { severity: "critical,high", "-severity": "high", "-status": "closed" };
  const expected = all.filter(({ observed }) => observed.severity === "critical" && observed.status !== "closed");
  expect((await everyFinding(query)).length).toBe(expected.length);
});

test.each([
  "log4j",
  "openssl number",
  '"number 17"',
  "log4j -openssl",
  '-"left-pad" thing-3',
  "100%_sure",
  "web_ui",
  "CVE-2025-1003",
])("searching for %s finds what has its words", async (q) => {
  const texts = ({ observed }: Known) =>
    [
      ...(observed.type === "package" ? [] : [observed.title, observed.code?.path ?? ""]),
      observed.vulnerability.name,
      observed.vulnerability.title,
      observed.resource.name,
      ...observed.packages.map(({ name }) => name),
    ].map((text) => text.toLowerCase());
  const expected = all.filter((known) =>
    toSearchTerms(q).every(
      ({ text, isExcluded }) => texts(known).some((one) => one.includes(text.toLowerCase())) !== isExcluded,
    ),
  );
  const listed = await everyFinding({ q });
  expect(differenceOf(listed, expected)).toEqual(NONE);
});

const SCOPES: FindingQuery[] = [
  { status: "active" },
  { status: "active", severity: "high,low", accountId: "111122223333" },
  { "-status": "closed", fixAvailable: "yes" },
];

test.each(groupKeySchema.options)(
  "by %s, each group's number is that of its list, and none is lost",
  async (by) => {
    for (const scope of SCOPES) {
      const groups = [];
      let cursor: string | undefined;
      do {
        const page = await listFindingGroups(findingGroupsQuerySchema.parse({ ...scope, by, limit: 7, cursor }));
        groups.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      const found = new Set<string>();
      for (const { conditions, total, bySeverity } of groups.slice(0, 25)) {
        const written = Object.fromEntries(
          Object.entries(conditions).map(([name, values]) => [
            name,
            values.map((value) => value.replaceAll(",", "\\,")),
          ]),
        );
        const listed = await everyFinding({ ...scope, ...written });
        expect({ conditions, count: listed.length }).toEqual({ conditions, count: total.count });
        for (const severity of SEVERITIES)
          expect(listed.filter((one) => one.severity === severity)).toHaveLength(bySeverity[severity] ?? 0);
        for (const { id } of listed) {
          expect(found).not.toContain(id);
          found.add(id);
        }
      }
      expect(groups.length).toBeGreaterThan(0);
      if (groups.length <= 25) {
        const whole = await countFindings(findingConditionsSchema.parse(scope));
        if (by === "account") expect(found.size).toBe(whole.count);
      }
      const worst = groups.map(({ bySeverity }) => SEVERITIES.findIndex((severity) => (bySeverity[severity] ?? 0) > 0));
      expect(worst).toEqual([...worst].sort((a, b) => a - b));
    }
  },
  120_000,
);
