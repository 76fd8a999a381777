import { expect, test } from "vitest";
import { apiDatabase, aSignedInPerson, ask } from "#testing/api.ts";
import { GET, POST } from "./route.ts";

apiDatabase();

const AT = "/api/v1/annotations";
const GOOD = { day: "2026-02-01", kind: "incident", text: "Registry down" };
const post = (headers: Record<string, string>, body: object) => ask(POST, AT, { method: "POST", headers, body });

test("a lead notes what happened, and everybody reads it", async () => {
  const lead = await aSignedInPerson("lead");
  expect((await post(lead.headers, GOOD)).status).toBe(201);
  const viewer = await aSignedInPerson("viewer");
  const { items } = await (await ask(GET, `${AT}?from=2026-02-01&to=2026-02-01`, { headers: viewer.headers })).json();
  expect(items).toMatchObject([{ ...GOOD, link: null, createdBy: lead.caller.userName }]);
});

test("who may not note is refused", async () => {
  const developer = await aSignedInPerson("developer");
  expect((await post(developer.headers, GOOD)).status).toBe(403);
});

test("what is no day, no kind, no line or no safe link is refused by its field", async () => {
  const { headers } = await aSignedInPerson("lead");
  const bad = {
    day: "2026-02-30",
    kind: "party",
    text: "a\u0000b",
    link: "javascript:alert(1)",
  };
  for (const [field, value] of [
    ...Object.entries(bad),
    ["text", " "],
    ["text", "x".repeat(121)],
    ["link", "http://example.com"],
    ["link", "https://me:secret@example.com"],
  ]) {
    const answer = await post(headers, { ...GOOD, [field ?? ""]: value });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ field }] });
  }
});

test("days that do not exist and a cursor of another list are refused", async () => {
  const { headers } = await aSignedInPerson("viewer");
  for (const query of ["from=2026-13-01", "to=yesterday", "cursor=bm8", "limit=201"])
    expect((await ask(GET, `${AT}?${query}`, { headers })).status).toBe(400);
});
