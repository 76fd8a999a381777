import { expect, test } from "vitest";
import { BOOTSTRAP_PERSON_ID } from "#lib/auth/bootstrap-token.ts";
import { apiDatabase, aSignedInPerson, ask, BOOTSTRAP_TOKEN, bearer } from "#testing/api.ts";
import * as signInLinks from "../sign-in-links/route.ts";
import * as person from "./[id]/route.ts";
import * as sessions from "./[id]/sessions/route.ts";
import * as people from "./route.ts";

apiDatabase();
const admin = { headers: bearer(BOOTSTRAP_TOKEN) };

function change(id: string, body: unknown): Promise<Response> {
  return ask(person.PATCH, `/api/v1/people/${id}`, { ...admin, method: "PATCH", params: { id }, body });
}

test("an admin changes a role, shuts a person out, and ends their sessions", async () => {
  const { caller } = await aSignedInPerson("viewer");
  const id = caller.personId;
  expect((await change(id, { role: "lead" })).status).toBe(204);
  const ended = await ask(sessions.DELETE, "/x", { ...admin, method: "DELETE", params: { id } });
  expect(ended.status).toBe(204);
  expect((await change(id, { isDisabled: true })).status).toBe(204);
  const { items } = await (await ask(people.GET, "/api/v1/people", admin)).json();
  const listed = items.find((entry: { id: string }) => entry.id === id);
  expect(listed).toMatchObject({ role: "lead", liveSessions: 0, disabledAt: expect.any(String) });
});

test.each([[{}], [{ role: "owner" }], [{ role: "lead", userName: "new" }], [{ isDisabled: "yes" }], [{ id: "x" }]])(
  "a change that cannot be made is refused: %j",
  async (body) => {
    const { caller } = await aSignedInPerson("viewer");
    expect((await change(caller.personId, body)).status).toBe(400);
  },
);

test("whom the bootstrap token acts as can be neither changed nor signed in", async () => {
  expect((await change(BOOTSTRAP_PERSON_ID, { role: "viewer" })).status).toBe(404);
  const body = { personId: BOOTSTRAP_PERSON_ID };
  expect((await ask(signInLinks.POST, "/x", { ...admin, method: "POST", body })).status).toBe(404);
});

test("an invitation's link leads to the configured address and is good for three days", async () => {
  const made = await ask(signInLinks.POST, "/x", {
    headers: { ...admin.headers, host: "evil.test", "x-forwarded-host": "evil.test" },
    method: "POST",
    body: { role: "developer" },
  });
  const { url, expiresAt } = await made.json();
  expect(made.status).toBe(201);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:3000\/sign-in\/[\w-]{43}$/);
  expect(Math.round((Date.parse(expiresAt) - Date.now()) / 3_600_000)).toBe(72);
  const both = { role: "viewer", personId: "00000000-0000-7000-8000-00000000ffff" };
  expect((await ask(signInLinks.POST, "/x", { ...admin, method: "POST", body: both })).status).toBe(400);
});
