import { expect, test } from "vitest";
import { findSignInLink } from "#lib/auth/sign-in-link.ts";
import { database } from "#lib/db/database.ts";
import { apiDatabase, aSignedInPerson, ask, aTokenOf, BOOTSTRAP_TOKEN, bearer, browserHeaders } from "#testing/api.ts";
import * as auditEvents from "../audit-events/route.ts";
import * as person from "../people/[id]/route.ts";
import * as people from "../people/route.ts";
import * as signInLinks from "../sign-in-links/route.ts";
import * as tokens from "../tokens/route.ts";
import * as everywhere from "./everywhere/route.ts";
import * as session from "./route.ts";

apiDatabase();
const admin = { headers: bearer(BOOTSTRAP_TOKEN) };

async function invite(body: unknown): Promise<string> {
  const made = await ask(signInLinks.POST, "/api/v1/sign-in-links", { ...admin, method: "POST", body });
  const { url } = await made.json();
  return new URL(url).pathname.split("/").at(-1) ?? "";
}

const signIn = (body: unknown, headers = browserHeaders()) =>
  ask(session.POST, "/api/v1/session", { method: "POST", headers, body });

function sessionOf(answer: Response): string {
  return /__Host-sightline=([^;]+)/.exec(answer.headers.getSetCookie()[0] ?? "")?.[1] ?? "";
}

test("a link signs a new person in, once, and what they get is a cookie and nothing in the body", async () => {
  const token = await invite({ role: "developer" });
  const answer = await signIn({ token, userName: "dora" });
  expect([answer.status, await answer.text()]).toEqual([204, ""]);
  const me = await ask(session.GET, "/api/v1/session", { headers: browserHeaders(sessionOf(answer)) });
  expect(await me.json()).toMatchObject({ userName: "dora", role: "developer", via: "session" });
  expect((await signIn({ token, userName: "dora-2" })).status).toBe(404);
});

test("signing in gives a new session and ends the browser's old one", async () => {
  const { caller, sessionToken, headers } = await aSignedInPerson("viewer");
  const answer = await signIn({ token: await invite({ personId: caller.personId }) }, headers);
  expect(sessionOf(answer)).not.toBe(sessionToken);
  expect((await ask(session.GET, "/api/v1/session", { headers })).status).toBe(401);
});

test("signing out kills the session on the server and takes the cookies away", async () => {
  const { headers } = await aSignedInPerson("viewer");
  const answer = await ask(session.DELETE, "/api/v1/session", { method: "DELETE", headers });
  expect(answer.status).toBe(204);
  expect(answer.headers.getSetCookie().every((cookie) => cookie.includes("Max-Age=0"))).toBe(true);
  expect((await ask(session.GET, "/api/v1/session", { headers })).status).toBe(401);
});

test("signing out everywhere ends this session too", async () => {
  const { headers } = await aSignedInPerson("viewer");
  const path = "/api/v1/session/everywhere";
  expect((await ask(everywhere.DELETE, path, { method: "DELETE", headers })).status).toBe(204);
  expect((await ask(session.GET, "/api/v1/session", { headers })).status).toBe(401);
});

test.each(["", "-ok-".repeat(9), "Anna", "a b", "../etc", "bootstrap", "system", "аnna", "a\u0000b", "a\n"])(
  "the user name %j is refused and the link stays good",
  async (userName) => {
    const token = await invite({ role: "viewer" });
    const answer = await signIn({ token, userName });
    expect([answer.status, (await answer.json()).errors[0].field]).toEqual([400, "userName"]);
    expect(await findSignInLink(token, new Date())).toMatchObject({ role: "viewer" });
  },
);

test("nobody gives themselves a role, a person or a permission by naming it", async () => {
  const token = await invite({ role: "viewer" });
  expect((await signIn({ token, userName: "mallory", role: "admin" })).status).toBe(400);
  const anna = await aSignedInPerson("viewer");
  const wanted = { name: "x", permissions: ["findings:read"], userId: "b", personId: "b", role: "admin" };
  expect(
    (await ask(tokens.POST, "/api/v1/tokens", { method: "POST", headers: anna.headers, body: wanted })).status,
  ).toBe(400);
  for (const permissions of [["*"], ["people:write"], ["tokens:write"], []]) {
    const body = { name: "x", permissions };
    expect((await ask(tokens.POST, "/api/v1/tokens", { method: "POST", headers: anna.headers, body })).status).toBe(
      400,
    );
  }
  const { rows } = await database().pool.query("SELECT count(*)::int AS n FROM api_token WHERE person_id = $1", [
    anna.caller.personId,
  ]);
  expect(rows[0].n).toBe(0);
});

test("without a credential no token is made for anybody", async () => {
  const body = { name: "x", permissions: ["findings:read"] };
  expect((await ask(tokens.POST, "/api/v1/tokens", { method: "POST", headers: browserHeaders(), body })).status).toBe(
    401,
  );
});

test("an API token makes neither tokens nor invitations, whoever it belongs to", async () => {
  const { caller } = await aSignedInPerson("admin");
  const headers = bearer(await aTokenOf(caller));
  const token = { name: "x", permissions: ["findings:read"] };
  expect((await ask(tokens.POST, "/api/v1/tokens", { method: "POST", headers, body: token })).status).toBe(403);
  expect((await ask(signInLinks.POST, "/x", { method: "POST", headers, body: { role: "admin" } })).status).toBe(403);
});

test("people, invitations and the audit log are closed to whoever may not see them", async () => {
  const { headers } = await aSignedInPerson("developer");
  expect((await ask(people.GET, "/api/v1/people", { headers })).status).toBe(403);
  expect((await ask(auditEvents.GET, "/api/v1/audit-events", { headers })).status).toBe(403);
  expect((await ask(signInLinks.POST, "/x", { method: "POST", headers, body: { role: "admin" } })).status).toBe(403);
  const params = { id: "00000000-0000-7000-8000-00000000ffff" };
  const change = { method: "PATCH", headers, params, body: { role: "admin" } };
  expect((await ask(person.PATCH, "/x", change)).status).toBe(403);
});

test("many bad links are turned away, and a good one still opens", async () => {
  const statuses = new Set<number>();
  for (let index = 0; index < 50; index++) {
    const headers = { ...browserHeaders(), "x-forwarded-for": `2001:db8::${index}` };
    statuses.add((await signIn({ token: `bad-${index}`, userName: "x" }, headers)).status);
  }
  expect(statuses).toContain(429);
  expect((await signIn({ token: await invite({ role: "viewer" }), userName: "patient" })).status).toBe(204);
});

test("no secret of signing in is in the audit log", async () => {
  const token = await invite({ role: "viewer" });
  const answer = await signIn({ token, userName: "quiet" });
  const log = await (await ask(auditEvents.GET, "/api/v1/audit-events?limit=200", admin)).text();
  expect(log).toContain("session.create");
  expect(log).not.toContain(token);
  expect(log).not.toContain(sessionOf(answer));
});
