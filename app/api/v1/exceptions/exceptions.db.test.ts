import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import type { RouteHandler } from "#lib/http/operation.ts";
import { closeQueue, openQueue } from "#lib/jobs/queue.ts";
import { apiDatabase, aSignedInPerson, ask, aTokenOf, bearer, type Signed } from "#testing/api.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { saveFindings } from "#testing/saved-findings.ts";
import * as end from "./[id]/end/route.ts";
import * as reviews from "./[id]/reviews/route.ts";
import * as exception from "./[id]/route.ts";
import * as backTests from "./back-tests/route.ts";
import * as expiring from "./expiring/route.ts";
import * as policy from "./policy/route.ts";
import * as previews from "./previews/route.ts";
import * as exceptions from "./route.ts";

const urls = apiDatabase();
beforeAll(async () => {
  await openQueue(urls.url);
  return () => closeQueue();
});

let lead: Signed;
beforeEach(async () => {
  await clearFindings();
  await database().pool.query("DELETE FROM exception_rule; DELETE FROM setting");
  await saveFindings([anObservedFinding({ severity: "high" }), anObservedFinding({ severity: "low" })]);
  lead = await aSignedInPerson("lead");
});

const post = (route: RouteHandler, body: unknown, { headers, id }: { headers?: Signed["headers"]; id?: string } = {}) =>
  ask(route, "/x", { method: "POST", headers: headers ?? lead.headers, body, ...(id ? { params: { id } } : {}) });
const aDay = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const aRule = (more: object = {}) => ({
  filter: { severity: "low" },
  grounds: "accepted-risk",
  until: aDay(30),
  reason: "Behind the gateway.",
  ...more,
});

test("a rule is previewed, back-tested, made, listed, changed and ended", async () => {
  expect(await (await post(previews.POST, { filter: { severity: "low" } })).json()).toMatchObject({ count: 1 });
  expect(await (await post(backTests.POST, { filter: { severity: "low" } })).json()).toMatchObject({ days: [] });
  const made = await post(exceptions.POST, aRule());
  expect(made.status).toBe(201);
  const { id, version } = await made.json();
  // A day means its end.
  expect(version).toMatchObject({ number: 1, query: "severity=low", until: `${aDay(30)}T23:59:59.999Z` });
  const listed = await (await ask(exceptions.GET, "/x?state=active&limit=1", { headers: lead.headers })).json();
  expect(listed).toMatchObject({ items: [{ id, createdBy: lead.caller.userName }], nextCursor: null });
  const changed = await ask(exception.PATCH, "/x", {
    method: "PATCH",
    headers: lead.headers,
    body: { version: 1, until: aDay(7) },
    params: { id },
  });
  expect(await changed.json()).toMatchObject({ version: { number: 2 }, versions: [{ number: 2 }, { number: 1 }] });
  const soon = await (await ask(expiring.GET, "/x", { headers: lead.headers })).json();
  expect(soon.items).toMatchObject([{ kind: "rule", id }]);
  expect((await post(end.POST, { reason: "Enough." }, { id })).status).toBe(200);
  expect((await post(end.POST, { reason: "Enough." }, { id })).status).toBe(409);
});

test.each([
  ["nothing", {}, ""],
  ["a status", { status: "active" }, "status"],
  ["who has it", { "-assignee": "mira" }, "assignee"],
  ["another exception", { exception: randomUUID() }, "exception"],
  ["a moment", { severity: "low", asOf: "2026-11-01" }, "asOf"],
  ["a field that there is not", { severity: "low", "id); DROP TABLE finding; --": "x" }, ""],
  ["a severity that there is not", { severity: "tiny" }, "severity"],
  ["a text with NUL", { packageName: "a\u0000b" }, "packageName"],
  ["a range that is none", { epss: "0.5..0.1" }, "epss"],
])("a filter by %s is refused, with its field", async (_, filter, field) => {
  for (const route of [previews.POST, backTests.POST]) {
    const answered = await post(route, { filter });
    expect(answered.status).toBe(400);
    expect(JSON.stringify(await answered.json())).toContain(field);
  }
  expect((await post(exceptions.POST, aRule({ filter }))).status).toBe(400);
});

test("hostile text in a filter is text: it matches nothing and breaks nothing", async () => {
  for (const text of ["'; DROP TABLE finding; --", "%", "\\", "$1", "{}", "‮low", "a".repeat(2_000)]) {
    const filter = { packageName: text, path: text, tag: text };
    const answered = await post(previews.POST, { filter });
    expect([text, answered.status, (await answered.json()).count]).toEqual([text, 200, 0]);
    expect((await post(exceptions.POST, aRule({ filter }))).status).toBe(201);
  }
  await saveFindings([anObservedFinding({ severity: "low" })]);
  const { rows } = await database().pool.query("SELECT count(*)::int AS n FROM finding WHERE status = 'active'");
  expect(rows).toEqual([{ n: 3 }]);
});

test.each([
  ["a date that has passed", { until: "2026-01-01" }, "until"],
  ["a date beyond a year", { until: aDay(400) }, "until"],
  ["no reason", { reason: " " }, "reason"],
  ["an owner that nobody is", { owner: "nobody-here" }, "owner"],
])("a rule with %s is refused, with its field", async (_, more, field) => {
  const answered = await post(exceptions.POST, aRule(more));
  expect(answered.status).toBe(400);
  expect((await answered.json()).errors).toMatchObject([{ field }]);
});

test("whoever may only read or comment can look, and makes, ends and approves nothing", async () => {
  const { id } = await (await post(exceptions.POST, aRule())).json();
  const developer = await aSignedInPerson("developer");
  const { headers } = developer;
  expect((await ask(exceptions.GET, "/x", { headers })).status).toBe(200);
  expect((await post(previews.POST, { filter: { severity: "low" } }, { headers })).status).toBe(200);
  expect((await post(exceptions.POST, aRule(), { headers })).status).toBe(403);
  expect((await post(end.POST, { reason: "No." }, { headers, id })).status).toBe(403);
  expect((await post(reviews.POST, { decision: "approved", reason: "Yes." }, { headers, id })).status).toBe(403);
  const byLead = { method: "PUT", headers: lead.headers, body: { secondApprover: true } };
  expect((await ask(policy.PUT, "/x", byLead)).status).toBe(403);
  const token = await aTokenOf(lead.caller, ["findings:read"]);
  expect((await post(exceptions.POST, aRule(), { headers: bearer(token) })).status).toBe(403);
});

test("a second approver is asked for by an admin, and told in the preview", async () => {
  const admin = await aSignedInPerson("admin");
  await ask(policy.PUT, "/x", { method: "PUT", headers: admin.headers, body: { secondApprover: true } });
  await saveFindings([anObservedFinding({ severity: "critical" })]);
  const filter = { severity: "critical" };
  expect(await (await post(previews.POST, { filter })).json()).toMatchObject({ needsApproval: true });
  const { id, state } = await (await post(exceptions.POST, aRule({ filter }))).json();
  expect(state).toBe("awaiting");
  const word = { decision: "approved", reason: "Agreed." };
  expect((await post(reviews.POST, word, { id })).status).toBe(403);
  const second = await aSignedInPerson("lead");
  const approved = await post(reviews.POST, word, { headers: second.headers, id });
  expect(await approved.json()).toMatchObject({ state: "active", version: { review: { by: second.caller.userName } } });
});

test("an id that nobody knows is not found", async () => {
  const params = { id: randomUUID() };
  expect((await ask(exception.GET, "/x", { headers: lead.headers, params })).status).toBe(404);
  expect((await post(end.POST, { reason: "No." }, params)).status).toBe(404);
});
