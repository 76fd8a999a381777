import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { database } from "#lib/db/database.ts";
import { findTeamScope } from "#lib/db/read/teams.ts";
import { closeQueue, openQueue } from "#lib/jobs/queue.ts";
import { apiDatabase, aSignedInPerson, ask, BOOTSTRAP_TOKEN, bearer, type Signed } from "#testing/api.ts";
import { ROUTES } from "../openapi.json/routes.ts";
import * as teams from "./route.ts";
import * as scope from "./scope/route.ts";

const urls = apiDatabase();
beforeAll(async () => {
  await openQueue(urls.url);
});
afterAll(() => closeQueue());
beforeEach(() => database().pool.query("DELETE FROM team"));

const headers = bearer(BOOTSTRAP_TOKEN);
const aTeam = (name: string, members: string[] = []) =>
  ask(teams.POST, "/x", { headers, method: "POST", body: { name, members } });
const choose = (person: Signed, team: string | null) =>
  ask(scope.PUT, "/x", { headers: person.headers, method: "PUT", body: { team } });
const choiceOf = async (person: Signed) => (await ask(scope.GET, "/x", { headers: person.headers })).json();

/** What a query needs beside its team. */
const NEEDED: Record<string, string> = {
  "/api/v1/findings/groups": "&by=cve",
  "/api/v1/trends/movements": "&from=2026-01-01&to=2026-01-02",
  "/api/v1/trends/movers": "&from=2026-01-01&to=2026-01-02&by=account",
};
const byTeam = Object.entries(ROUTES).flatMap(([path, { GET }]) =>
  GET?.operation.input instanceof z.ZodObject && "team" in GET.operation.input.shape ? [{ path, route: GET }] : [],
);

test("a good part of the API can be asked by team", () => {
  expect(byTeam.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["/api/v1/findings", "/api/v1/findings.csv", "/api/v1/overview", "/api/v1/trends"]),
  );
});

test.each(byTeam)("$path: a team that there is not is a 404 that names the field", async ({ path, route }) => {
  await aTeam("Payments");
  const asked = async (query: string) => ask(route, `/x?${query}${NEEDED[path] ?? ""}`, { headers });
  const answer = await asked("team=payments,paymets");
  expect(answer.status).toBe(404);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(await answer.json()).toMatchObject({
    detail: expect.stringContaining("There is no team paymets."),
    errors: [{ field: "team" }],
  });
  expect((await asked("team=payments,@none")).status).toBe(200);
});

test("what is left out must be a team as well", async () => {
  const answer = await ask(ROUTES["/api/v1/findings"]?.GET ?? teams.GET, "/x?-team=paymets", { headers });
  expect([answer.status, (await answer.json()).errors]).toMatchObject([404, [{ field: "-team" }]]);
});

test("one's own teams are those that one is a member of by now, without choosing again", async () => {
  const person = await aSignedInPerson("viewer");
  const { personId, userName } = person.caller;
  await aTeam("Payments", [userName]);
  await aTeam("Web");
  expect(await choiceOf(person)).toEqual({
    chosen: null,
    items: [
      { id: "payments", name: "Payments" },
      { id: "web", name: "Web" },
    ],
    mine: ["payments"],
  });
  expect((await choose(person, "@mine")).status).toBe(204);
  expect(await choiceOf(person)).toMatchObject({ chosen: "@mine" });
  expect(await findTeamScope(personId)).toEqual(["payments"]);
  await aTeam("Data", [userName]);
  expect(await findTeamScope(personId)).toEqual(["payments", "data"]);
});

test("what no team has, one team and everybody's findings can be chosen; what there is not cannot", async () => {
  const person = await aSignedInPerson("viewer");
  const { personId } = person.caller;
  await aTeam("Web");
  await choose(person, "@none");
  expect(await findTeamScope(personId)).toEqual(["@none"]);
  await choose(person, "web");
  expect((await choose(person, "gone")).status).toBe(404);
  expect((await choose(person, "@all")).status).toBe(400);
  expect(await findTeamScope(personId)).toEqual(["web"]);
  await choose(person, null);
  expect(await findTeamScope(personId)).toEqual([]);
});
