import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { closeQueue, openQueue } from "#lib/jobs/queue.ts";
import { apiDatabase, aSignedInPerson, ask } from "#testing/api.ts";
import * as team from "../teams/[id]/route.ts";
import * as preview from "../teams/preview/route.ts";
import * as teams from "../teams/route.ts";
import * as teamScope from "../teams/scope/route.ts";
import * as compliance from "./compliance/route.ts";
import * as sla from "./route.ts";
import * as standing from "./standing/route.ts";

const urls = apiDatabase();
beforeAll(async () => {
  await openQueue(urls.url);
});
afterAll(() => closeQueue());

const POLICY = { basedOn: 0, rules: [{ level: "organisation", days: { critical: 7 } }] };

test.each([
  ["POST /teams", teams.POST, { name: "Web" }],
  ["POST /teams/preview", preview.POST, { rules: [] }],
  ["PUT /sla", sla.PUT, POLICY],
] as const)("%s is a lead's: a developer is refused, and nothing changes", async (_, route, body) => {
  const { headers } = await aSignedInPerson("developer");
  expect((await ask(route, "/x", { headers, method: "POST", body })).status).toBe(403);
  const { rows } = await database().pool.query(
    "SELECT (SELECT count(*) FROM team) + (SELECT count(*) FROM sla_version) AS n",
  );
  expect(rows).toEqual([{ n: "0" }]);
});

test("a viewer reads teams and the policy, and chooses whose findings their pages open with", async () => {
  const { headers } = await aSignedInPerson("viewer");
  expect(await (await ask(teams.GET, "/x", { headers })).json()).toMatchObject({ items: [], scope: null });
  expect(await (await ask(sla.GET, "/x", { headers })).json()).toMatchObject({ versions: [] });
  const chosen = await ask(teamScope.PUT, "/x", { headers, method: "PUT", body: { team: "gone" } });
  expect(chosen.status).toBe(404);
  expect((await ask(teamScope.PUT, "/x", { headers, method: "PUT", body: { team: null } })).status).toBe(204);
});

test("what cannot be told is refused with its field: a day to come, a range that runs backwards, an unknown name", async () => {
  const { headers } = await aSignedInPerson("viewer");
  const asked = async (route: typeof standing.GET, query: string) => {
    const response = await ask(route, `/x?${query}`, { headers });
    return [response.status, (await response.json()).errors?.[0]?.field];
  };
  expect(await asked(standing.GET, "asOf=2999-01-01")).toEqual([400, "asOf"]);
  expect(await asked(standing.GET, "asOf=2020-01-01")).toEqual([410, "asOf"]);
  expect(await asked(standing.GET, "owner=me")).toEqual([400, "owner"]);
  expect(await asked(compliance.GET, "from=2026-02-02&to=2026-02-01")).toEqual([400, "from"]);
  const nothing = await ask(standing.GET, "/x", { headers });
  expect(await nothing.json()).toMatchObject({ asOf: null, all: { overdue: { findings: 0 } }, late: { teams: [] } });
});

test("each change leaves a row in the audit log, with who made it", async () => {
  const { headers, caller } = await aSignedInPerson("lead");
  const rules = [{ kind: "scan", pattern: "web-*" }];
  expect((await ask(teams.POST, "/x", { headers, method: "POST", body: { name: "Web", rules } })).status).toBe(201);
  const params = { id: "web" };
  expect((await ask(team.PATCH, "/x", { headers, method: "PATCH", params, body: { name: "The web" } })).status).toBe(
    204,
  );
  expect((await ask(sla.PUT, "/x", { headers, method: "PUT", body: POLICY })).status).toBe(200);
  expect((await ask(team.DELETE, "/x", { headers, method: "DELETE", params })).status).toBe(204);
  const { rows } = await database().pool.query(
    "SELECT action, target FROM audit_event WHERE actor = $1 ORDER BY at, id",
    [caller.userName],
  );
  expect(rows.map(({ action, target }) => `${action} ${target}`)).toEqual([
    "team.create web",
    "team.change web",
    "sla.change 1",
    "team.delete web",
  ]);
});
