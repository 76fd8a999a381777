import fc from "fast-check";
import { expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { getCompliance } from "#lib/db/read/sla-compliance.ts";
import { getPolicy } from "#lib/db/read/sla-policy.ts";
import { getSlaStanding } from "#lib/db/read/sla-standing.ts";
import { getDueByTeam } from "#lib/db/read/sla-teams.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import { endOfDay, toDay } from "#lib/domain/day.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { FindingStatus } from "#lib/domain/finding.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { permissionSchema } from "#lib/domain/permission.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { complianceQuerySchema, type SlaRule, slaStandingQuerySchema } from "#lib/domain/sla.ts";
import type { SlaField } from "#lib/domain/sla-words.ts";
import { newTeamSchema } from "#lib/domain/team.ts";
import { type TrendScope, trendScopeSchema } from "#lib/domain/trends.ts";
import type { TriageAct } from "#lib/domain/triage-act.ts";
import { aSignedInPerson } from "#testing/api.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { countCompliance } from "#testing/due-oracle.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { queueDatabase } from "#testing/queue-database.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { incrementalPass, wholePass } from "#testing/sync-passes.ts";
import { applyRules } from "./apply-rules.ts";
import { changePolicy } from "./sla.ts";
import { changeTeam, createTeam } from "./teams.ts";
import { type Decider, decide, draftDecision } from "./triage-findings.ts";

queueDatabase();

const DAY_MS = 86_400_000;
const NOON_MS = DAY_MS / 2;
const START = Date.UTC(2026, 0, 20);
/** By which what began then is due about now: at present some is overdue, some at risk, some in time. */
const DAYS_TO_NOW = Math.floor((Date.now() - START) / DAY_MS);
/** More of them find rarer faults: `PROPERTY_RUNS=500`. */
const RUNS = Number(process.env.PROPERTY_RUNS ?? 8);
const FINDINGS = 8;
const POINTS = 10;
/** Of the later versions of a finding. */
const STATUSES: Partial<Record<number, FindingStatus>> = { 6: "suppressed", 7: "closed" };
const NEVER = new AbortController().signal;

const observedArbitrary = fc.record({ which: fc.nat(FINDINGS - 1), version: fc.nat(7) });
const passArbitrary = fc.record({
  kind: fc.constant("pass" as const),
  isWhole: fc.boolean(),
  observed: fc.uniqueArray(observedArbitrary, { selector: ({ which }) => which, maxLength: 7 }),
});
const daysArbitrary = fc.dictionary(
  fc.constantFrom<SlaField>("critical", "high", "medium", "low", "exploited", "reachable"),
  fc.constantFrom(1, 5, 20, 60, DAYS_TO_NOW - 10, DAYS_TO_NOW + 3, DAYS_TO_NOW + 20, DAYS_TO_NOW + 300),
  { minKeys: 1 },
);
const ruleArbitrary = fc.record({ scope: fc.nat(3), days: daysArbitrary });
const policyArbitrary = fc.record({
  kind: fc.constant("policy" as const),
  rules: fc.uniqueArray(ruleArbitrary, { selector: ({ scope }) => scope, maxLength: 4 }),
});
const teamArbitrary = fc.record({ kind: fc.constant("team" as const), image: fc.nat(2) });
const triageArbitrary = fc.record({
  kind: fc.constant("triage" as const),
  which: fc.nat(FINDINGS - 1),
  act: fc.constantFrom("due", "no due", "assign", "severity", "suppress", "unsuppress"),
});
const stepsArbitrary = fc.array(fc.oneof(passArbitrary, policyArbitrary, teamArbitrary, triageArbitrary), {
  minLength: 3,
  maxLength: 12,
});
type Step = typeof stepsArbitrary extends fc.Arbitrary<(infer One)[]> ? One : never;

test(
  "whatever is synced, decided and changed, due dates are those of the rules, and the past stays as it was told",
  async () => {
    await fc.assert(
      fc.asyncProperty(
        stepsArbitrary,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        async (steps, dice) => {
          const connectionId = await begin();
          const { caller } = await aSignedInPerson("lead");
          const lead = { ...caller, permissions: new Set(permissionSchema.options) };
          await createTeam(newTeamSchema.parse({ name: "Web" }), lead, new Date(START));
          await wholePass(connectionId, new Date(START).toISOString(), [{ which: 0, version: 0 }].map(toObserved));
          const half = Math.ceil(steps.length / 2);
          for (const [index, step] of steps.slice(0, half).entries()) await run(step, { index, connectionId, lead });
          await expectDueDates();
          await expectPresentStanding();
          const end = START + half * 3 * DAY_MS;
          const points = Array.from({ length: POINTS }, () =>
            new Date(START + (dice.next().value ?? 0) * (end - START)).toISOString(),
          );
          const before = await Promise.all(points.map(tellAt));
          for (const [index, step] of steps.slice(half).entries())
            await run(step, { index: half + index, connectionId, lead });
          await expectDueDates();
          await expectPresentStanding();
          expect(await Promise.all(points.map(tellAt))).toEqual(before);
          expect(await verifyRollups()).toEqual([]);
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  },
  60_000 + RUNS * 6_000,
);

async function begin(): Promise<string> {
  await clearFindings();
  await database().pool.query(
    "DELETE FROM team; DELETE FROM sla_version; DELETE FROM setting WHERE key = 'rules'; DELETE FROM issue_clock_version",
  );
  return await aConnection();
}

const SCOPES: Pick<SlaRule, "level" | "id">[] = [
  { level: "organisation", id: null },
  { level: "account", id: "111122223333" },
  { level: "account", id: "444455556666" },
  { level: "team", id: "web" },
];

type Lead = Decider & { userName: string };
type At = { index: number; connectionId: string; lead: Lead };

async function run(step: Step, { index, connectionId, lead }: At): Promise<void> {
  const now = new Date(START + (index + 1) * 3 * DAY_MS + NOON_MS);
  if (step.kind === "pass") {
    const pass = step.isWhole ? wholePass : incrementalPass;
    await pass(connectionId, now.toISOString(), step.observed.map(toObserved));
  } else if (step.kind === "policy") {
    const rules = step.rules.map(({ scope, days }) => ({ ...SCOPES[scope]!, days }));
    const { versions } = await getPolicy();
    await changePolicy({ basedOn: versions[0]?.number ?? 0, rules }, lead, now);
    await applyRules(NEVER, () => now);
  } else if (step.kind === "team") {
    await changeTeam("web", { rules: [{ kind: "image", pattern: `image-${step.image}` }] }, lead, now);
    await applyRules(NEVER, () => now);
  } else await runTriage(step, lead, now);
}

async function runTriage({ which, act: planned }: Extract<Step, { kind: "triage" }>, lead: Lead, now: Date) {
  const { rows } = await database().pool.query<{ id: string }>("SELECT id FROM finding WHERE source_id = $1", [
    `finding/${which}`,
  ]);
  const inTwoDays = new Date(now.getTime() + 2 * DAY_MS);
  const acts: Record<typeof planned, TriageAct> = {
    due: { kind: "due", dueAt: (which % 2 === 0 ? endOfDay(toDay(inTwoDays)) : inTwoDays).toISOString() },
    "no due": { kind: "due", dueAt: null },
    assign: { kind: "assign", assignee: which % 2 === 0 ? lead.userName : null },
    severity: { kind: "severity", severity: "critical", reason: "Because." },
    suppress: { kind: "suppress", grounds: "accepted-risk", until: "2027-01-01T00:00:00.000Z", reason: "Because." },
    unsuppress: { kind: "unsuppress" },
  };
  const act = acts[planned];
  if (rows.length === 0) return;
  try {
    const draft = await draftDecision({ act, findingIds: rows.map(({ id }) => id) }, lead, now);
    await decide({ draftId: draft.id, act }, lead, now);
  } catch (error) {
    if (!(error instanceof AppError && error.code === "conflict")) throw error; // nothing that it would change
  }
}

/** Everything that is told of a moment. */
async function tellAt(asOf: string) {
  const list = (query: Record<string, string>) => listFindings(findingFilterSchema.parse({ asOf, ...query }));
  const { items } = await list({ sort: "due" });
  const overdue = (await list({ status: "active", due: "overdue" })).total.count;
  const standing = await getSlaStanding(slaStandingQuerySchema.parse({ asOf }), new Date(asOf));
  expect(standing.all.overdue.findings).toBe(overdue);
  const compliance = await getCompliance(complianceQuerySchema.parse({ asOf }), new Date(asOf));
  expect(compliance.periods.at(-1)?.overdue.findings).toBe(overdue);
  for (const scope of COUNTED_SCOPES) await expectCompliance(asOf, scope);
  return {
    due: items.map(({ id, dueAt, status }) => [id, dueAt, status]),
    bySeverity: standing.bySeverity,
    compliance,
  };
}

/** What is told of parts of everything: of what two teams, two accounts, three severities and two types have. */
const COUNTED_SCOPES = [
  {},
  { team: "web" },
  { team: "@none", severity: "critical,low" },
  { accountId: "111122223333" },
  { accountId: "444455556666", type: "network", team: "web" },
].map((scope) => trendScopeSchema.parse(scope));

/** What is added up of the present is what its versions tell, one by one. */
async function expectPresentStanding(): Promise<void> {
  const { asOf } = await getSlaStanding(slaStandingQuerySchema.parse({}), new Date());
  const now = new Date(asOf ?? "");
  for (const team of [[], ["web"], ["@none"]])
    expect(await getDueByTeam({ team }, now)).toEqual(await getDueByTeam({ team, asOf: now.toISOString() }, now));
  for (const scope of COUNTED_SCOPES) {
    const present = await getSlaStanding(slaStandingQuerySchema.parse(scope), new Date());
    const then = { ...scope, asOf: present.asOf ?? undefined };
    expect(present).toEqual(await getSlaStanding(slaStandingQuerySchema.parse(then), new Date()));
  }
}

async function expectCompliance(asOf: string, scope: TrendScope): Promise<void> {
  const range = { from: toDay(new Date(START)), to: asOf.slice(0, 10), asOf };
  const { periods, asOf: told } = await getCompliance({ ...scope, ...range }, new Date(asOf));
  for (const { share: _, from, to, at, ...counted } of [...periods.slice(0, 1), ...periods.slice(-2)])
    expect(counted).toEqual(await countCompliance({ from, to, at }, scope, told ?? asOf));
}

type IssueRow = {
  account_id: string;
  severity: SlaField;
  person_due_at: Date | null;
  due_at: Date | null;
  opened_at: Date;
  lineages: string[];
  is_exploited: boolean;
  is_reachable: boolean;
};

/** The rules one issue at a time, from plain rows. */
async function expectDueDates(): Promise<void> {
  const { pool } = database();
  const { rows } = await pool.query<IssueRow>(
    `SELECT i.account_id, i.severity, i.person_due_at, i.due_at, k.opened_at, array_agg(DISTINCT r.lineage) AS lineages,
       bool_or(f.known_exploited) AS is_exploited,
       bool_or(f.resource_id IN (SELECT resource_id FROM finding WHERE type = 'network' AND status = 'active')) AS is_reachable
     FROM issue i JOIN issue_clock k ON k.issue_id = i.id AND k.number = i.clock
     JOIN finding f ON f.issue_id = i.id AND f.status <> 'closed' JOIN resource r ON r.id = f.resource_id
     GROUP BY i.id, i.account_id, k.opened_at, i.severity, i.person_due_at, i.due_at`,
  );
  const [policy] = (await getPolicy()).versions;
  const teamRules = await pool.query<{ pattern: string }>("SELECT pattern FROM team_rule");
  for (const row of rows) {
    const isWeb = teamRules.rows.some(({ pattern }) => row.lineages.includes(`image:x/${pattern}`));
    const scopes = [isWeb && "team web", `account ${row.account_id}`, "organisation null"];
    const daysFor = (field: SlaField) =>
      scopes
        .map((scope) => policy?.rules.find((rule) => `${rule.level} ${rule.id}` === scope)?.days[field])
        .find((days) => days !== undefined);
    const applying = [
      row.severity,
      ...(row.is_exploited ? ["exploited" as const] : []),
      ...(row.is_reachable ? ["reachable" as const] : []),
    ];
    const days = applying.flatMap((field) => daysFor(field) ?? []);
    const wanted =
      days.length === 0
        ? null
        : endOfDay(new Date(row.opened_at.getTime() + Math.min(...days) * DAY_MS).toISOString().slice(0, 10));
    expect(row.due_at).toEqual(row.person_due_at ?? wanted);
  }
}

/** A finding as it is in one of its versions. The last two are open network paths of the resources of others. */
function toObserved({ which, version }: { which: number; version: number }): ObservedFinding {
  const isPath = which >= FINDINGS - 2;
  return anObservedFinding({
    sourceId: `finding/${which}`,
    accountId: which % 2 === 0 ? "111122223333" : "444455556666",
    type: isPath ? "network" : "package",
    cve: isPath ? `port-${which}` : `CVE-2026-000${which % 2}`,
    resource: { id: `image/${which % 4}`, lineage: `image:x/image-${which % 3}` },
    status: STATUSES[version] ?? "active",
    severity: SEVERITIES[(which + version) % SEVERITIES.length],
    knownExploitedAt: version % 4 === 1 ? new Date(START) : null,
    firstObservedAt: new Date(START - 40 * DAY_MS + which * 5 * DAY_MS),
    updatedAt: new Date(START - 30 * DAY_MS + version * 6 * DAY_MS + which * 1000),
    raw: { version },
  });
}
