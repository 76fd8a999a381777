import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { listFindings } from "#lib/db/read/list-findings.ts";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import { apiDatabase, aSignedInPerson, ask, aTokenOf, bearer, type Signed } from "#testing/api.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { saveFindings } from "#testing/saved-findings.ts";
import * as decision from "./decisions/[id]/route.ts";
import * as undo from "./decisions/[id]/undo/route.ts";
import * as decisions from "./decisions/route.ts";
import * as drafts from "./drafts/route.ts";

apiDatabase();

let lead: Signed;
let findingIds: string[];
beforeEach(async () => {
  await clearFindings();
  await saveFindings([anObservedFinding({ severity: "high" }), anObservedFinding({ severity: "low" })]);
  findingIds = (await listFindings(findingFilterSchema.parse({}))).items.map(({ id }) => id);
  lead = await aSignedInPerson("lead");
});

const post = (route: typeof drafts | typeof decisions, body: unknown, { headers } = lead) =>
  ask(route.POST, "/x", { method: "POST", headers, body });
const undoOf = (id: string, { headers } = lead) =>
  ask(undo.POST, "/x", { method: "POST", headers, body: {}, params: { id } });
const aMonthAhead = () => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const suppress = () => ({ kind: "suppress", grounds: "false-alarm", until: aMonthAhead(), reason: "It is a test." });

async function decided(body: object, by = lead) {
  const act = suppress();
  const draft = await (await post(drafts, { act, ...body }, by)).json();
  return await post(decisions, { draftId: draft.id, act }, by);
}

test("a draft by the list's own filter, a decision, how it stands, and its undo", async () => {
  const act = suppress();
  const drafted = await post(drafts, {
    act: { kind: "suppress", until: act.until },
    filter: { status: "active", severity: "high" },
  });
  expect(drafted.status).toBe(201);
  const draft = await drafted.json();
  expect(draft).toMatchObject({ total: 1, changes: 1, bySeverity: { high: 1 }, issues: 1 });
  const answered = await post(decisions, { draftId: draft.id, act });
  expect(answered.status).toBe(201);
  expect(await answered.json()).toMatchObject({
    id: draft.id,
    state: "done",
    // A day means its end.
    act: { until: `${act.until}T23:59:59.999Z` },
    madeBy: lead.caller.userName,
  });
  const { items } = await (await ask(decisions.GET, "/x", { headers: lead.headers })).json();
  expect(items).toMatchObject([{ id: draft.id, undoUntil: expect.any(String), undo: null }]);
  expect(await (await undoOf(draft.id)).json()).toMatchObject({ state: "undone", undoUntil: null });
  const read = await ask(decision.GET, "/x", { headers: lead.headers, params: { id: draft.id } });
  expect(await read.json()).toMatchObject({ undo: { by: lead.caller.userName, outcome: { changed: 1 } } });
});

test("decisions are listed newest first, page by page", async () => {
  for (const id of findingIds) expect((await decided({ findingIds: [id] })).status).toBe(201);
  const first = await (await ask(decisions.GET, "/x?limit=1", { headers: lead.headers })).json();
  const next = await ask(decisions.GET, `/x?limit=1&cursor=${first.nextCursor}`, { headers: lead.headers });
  const second = await next.json();
  expect(second.nextCursor).toBeNull();
  expect(first.items[0].decidedAt >= second.items[0].decidedAt).toBe(true);
  expect(first.items[0].id).not.toBe(second.items[0].id);
});

test("a second answer to the same draft, and a second undo, are told that it is done already", async () => {
  const act = suppress();
  const draft = await (await post(drafts, { act, findingIds })).json();
  const both = await Promise.all([0, 1].map(() => post(decisions, { draftId: draft.id, act })));
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  const undone = await Promise.all([undoOf(draft.id), undoOf(draft.id)]);
  expect(undone.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test.each([
  ["no targets", {}, "(whole)"],
  ["both kinds of targets", { findingIds: [randomUUID()], filter: {} }, "(whole)"],
  ["a field that the filter lacks", { filter: { colour: "red" } }, "filter.colour"],
  ["a moment that is past", { filter: { asOf: "2026-01-01" } }, "filter.asOf"],
])("a draft with %s is refused, and the field named", async (_, targets, field) => {
  const response = await post(drafts, { act: suppress(), ...targets });
  expect(response.status).toBe(400);
  expect((await response.json()).errors.map((error: { field: string }) => error.field)).toContain(field);
});

test.each([
  ["without a reason", { reason: " " }, "act.reason"],
  ["until yesterday", { until: "2020-01-01" }, "act.until"],
  ["for ten years", { until: "2036-01-01" }, "act.until"],
])("nothing is suppressed %s", async (_, change, field) => {
  const draft = await (await post(drafts, { act: suppress(), findingIds })).json();
  const response = await post(decisions, { draftId: draft.id, act: { ...suppress(), ...change } });
  expect(response.status).toBe(400);
  expect((await response.json()).errors[0].field).toBe(field);
});

test("ids that nobody knows are not found, and somebody who cannot sign in is nobody to assign to", async () => {
  expect((await post(drafts, { act: suppress(), findingIds: [randomUUID()] })).status).toBe(404);
  const act = { kind: "assign", assignee: "nobody-here" };
  const draft = await (await post(drafts, { act, findingIds })).json();
  const response = await post(decisions, { draftId: draft.id, act });
  expect(response.status).toBe(400);
  expect((await response.json()).errors[0].field).toBe("act.assignee");
});

test("a viewer reads decisions and makes none; a token does what it was given and no more", async () => {
  const viewer = await aSignedInPerson("viewer");
  expect((await post(drafts, { act: { kind: "comment" }, findingIds }, viewer)).status).toBe(403);
  expect((await ask(decisions.GET, "/x", { headers: viewer.headers })).status).toBe(200);
  const token = { ...lead, headers: bearer(await aTokenOf(lead.caller, ["findings:comment"])) };
  expect((await post(drafts, { act: { kind: "comment" }, findingIds }, token)).status).toBe(201);
  expect((await post(drafts, { act: suppress(), findingIds }, token)).status).toBe(403);
});

test("a developer undoes their own decision and nobody else's", async () => {
  const developer = await aSignedInPerson("developer");
  const { id } = await (await decided({ findingIds })).json();
  expect((await undoOf(id, developer)).status).toBe(403);
  const act = { kind: "comment", text: "Mine." };
  const draft = await (await post(drafts, { act, findingIds }, developer)).json();
  await post(decisions, { draftId: draft.id, act }, developer);
  expect((await undoOf(draft.id, developer)).status).toBe(200);
});
