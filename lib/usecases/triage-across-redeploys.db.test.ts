import { beforeEach, expect, test } from "vitest";
import { PERMISSIONS } from "#lib/auth/permissions.ts";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import type { TriageAct } from "#lib/domain/triage-act.ts";
import { aSignedInPerson } from "#testing/api.ts";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection, saveFindings } from "#testing/saved-findings.ts";
import { type Decider, decide, draftDecision } from "./triage-findings.ts";

appDatabase();

const NOW = new Date("2026-02-01T12:00:00Z");
const DUE = "2026-03-01T23:59:59.999Z";

let lead: Decider;
let connectionId: string;
beforeEach(async () => {
  await clearFindings();
  connectionId = await aConnection();
  const { caller } = await aSignedInPerson("lead");
  lead = { personId: caller.personId, userName: caller.userName, permissions: PERMISSIONS.lead };
});

/** Another image of the repository: another resource and another finding, the same thing to fix. */
const anImage = (overrides: Parameters<typeof anObservedFinding>[0] = {}) =>
  anObservedFinding({ cve: "CVE-2026-1", resource: { lineage: "image:api" }, ...overrides });
const save = (...findings: ReturnType<typeof anObservedFinding>[]) => saveFindings(findings, { connectionId });
const list = async (status: string) => (await listFindings(findingFilterSchema.parse({ status }))).items;

async function decideAbout(findingId: string, act: TriageAct): Promise<void> {
  const draft = await draftDecision({ act, findingIds: [findingId] }, lead, NOW);
  await decide({ draftId: draft.id, act }, lead, NOW);
}

async function assignAndSetDue(findingId: string): Promise<void> {
  await decideAbout(findingId, { kind: "assign", assignee: lead.userName });
  await decideAbout(findingId, { kind: "due", dueAt: DUE });
}

test("a rebuilt image's finding has the assignee and the due date of the one before it", async () => {
  const before = anImage();
  await save(before);
  await assignAndSetDue((await list("active"))[0]?.id ?? "");
  const rebuilt = anImage({ firstObservedAt: new Date("2026-02-02T00:00:00Z") });
  await save(rebuilt, { ...before, status: "closed", updatedAt: new Date("2026-02-02T00:00:00Z") });
  const [now, ...others] = await list("active");
  expect(others).toEqual([]);
  expect(now).toMatchObject({ resource: { id: rebuilt.resource.id }, assignee: lead.userName, dueAt: DUE });
});

test("another image of the same repository is theirs too, another repository's is nobody's", async () => {
  await save(anImage());
  await assignAndSetDue((await list("active"))[0]?.id ?? "");
  await save(anImage(), anImage({ resource: { lineage: "image:web", name: "web" } }));
  const assignees = (await list("active")).map(({ resource, assignee }) => [resource.name, assignee]);
  expect(assignees.sort()).toEqual([
    ["api", lead.userName],
    ["api", lead.userName],
    ["web", null],
  ]);
});
