import type { APIRequestContext } from "@playwright/test";
import { expect } from "./fixtures.ts";
import { test } from "./raw-request.ts";

/** The token of a one-time link for a new person. */
async function inviteToken(api: APIRequestContext, role = "viewer"): Promise<string> {
  const { url } = await (await api.post("/api/v1/sign-in-links", { data: { role } })).json();
  return new URL(url).pathname.split("/").at(-1) ?? "";
}

test("opening a sign-in link uses nothing up; signing in with it does", async ({ api, origin, raw }) => {
  const token = await inviteToken(api);
  for (const method of ["GET", "HEAD", "GET"]) await raw(`/sign-in/${token}`, { method });
  const signIn = (userName: string) => {
    const headers = { origin, "content-type": "application/json" };
    return raw("/api/v1/session", {
      method: "POST",
      headers,
      body: JSON.stringify({ token, userName }),
    });
  };
  const userName = `opened-${Date.now().toString(36)}`;
  expect((await signIn(userName)).status).toBe(204);
  expect((await signIn(`${userName}-2`)).status).toBe(404);
});

test("a browser keeps the session out of its pages' reach, and the server ends it", async ({
  page,
  api,
  context,
  raw,
}) => {
  await page.goto("/sign-in");
  const body = { token: await inviteToken(api), userName: `kept-${Date.now().toString(36)}` };
  const signedIn = await page.evaluate(async (given) => {
    const headers = { "content-type": "application/json" };
    return (await fetch("/api/v1/session", { method: "POST", headers, body: JSON.stringify(given) })).status;
  }, body);
  expect(signedIn).toBe(204);
  const kept = (await context.cookies()).find(({ name }) => name === "__Host-sightline");
  expect(kept).toMatchObject({ secure: true, httpOnly: true, sameSite: "Lax", path: "/" });
  expect(await page.evaluate(() => document.cookie)).not.toContain("sightline=");

  await page.goto("/findings?status=active");
  await expect(page.getByRole("button", { name: "Account of" })).toBeVisible();
  const ended = await page.evaluate(async () => (await fetch("/api/v1/session", { method: "DELETE" })).status);
  expect(ended).toBe(204);
  const stolen = { cookie: `__Host-sightline=${kept?.value}` };
  expect((await raw("/api/v1/session", { headers: stolen })).status).toBe(401);
});

test("two people who ask in turns never get each other's answers", async ({ api, origin, raw }) => {
  const signIn = async (userName: string) => {
    const body = JSON.stringify({ token: await inviteToken(api), userName });
    const headers = { origin, "content-type": "application/json" };
    const answer = await raw("/api/v1/session", { method: "POST", headers, body });
    return { userName, cookie: answer.headers["set-cookie"]?.[0]?.split(";")[0] ?? "" };
  };
  const stamp = Date.now().toString(36);
  const [anna, bert] = [await signIn(`anna-${stamp}`), await signIn(`bert-${stamp}`)];
  for (let round = 0; round < 25; round++) {
    const asked = [anna, bert, anna, bert].map(async ({ userName, cookie }) => {
      const path = round % 5 === 0 ? "/findings?status=active" : "/api/v1/session";
      const { body } = await raw(path, { headers: { cookie } });
      const other = userName === anna.userName ? bert.userName : anna.userName;
      expect([body.includes(userName), body.includes(other)], `${path} as ${userName}`).toEqual([true, false]);
    });
    await Promise.all(asked);
  }
});
