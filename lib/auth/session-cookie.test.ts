import { expect, test } from "vitest";
import { clearedSessionCookies, readSessionToken, sessionCookies } from "./session-cookie.ts";

const token = "a".repeat(43);
const loopback = { host: "127.0.0.1:3000", appUrl: "http://127.0.0.1:3000" };
const remote = { host: "sightline.example", appUrl: "https://sightline.example" };

test("a session's cookie is out of reach of scripts, other sites, other hosts and plain lines", () => {
  const [cookie, ...others] = sessionCookies(token, remote);
  expect(cookie).toBe(`__Host-sightline=${token}; Secure; HttpOnly; SameSite=Lax; Path=/; Max-Age=604800`);
  expect(others).toEqual([]);
});

test("on plain-http loopback there is a second one, for browsers that refuse the first", () => {
  expect(sessionCookies(token, loopback)[1]).toBe(`sightline=${token}; HttpOnly; SameSite=Lax; Path=/; Max-Age=604800`);
});

test("signing out takes away every cookie that signing in gave", () => {
  const names = (cookies: string[]) => cookies.map((cookie) => cookie.split("=")[0]);
  for (const context of [loopback, remote]) {
    expect(names(clearedSessionCookies(context))).toEqual(names(sessionCookies(token, context)));
    expect(
      clearedSessionCookies(context).every((cookie) => cookie.includes("=; ") && cookie.endsWith("Max-Age=0")),
    ).toBe(true);
  }
});

test("the prefixed cookie is believed before the other, in whatever order they come", () => {
  const other = "b".repeat(43);
  expect(readSessionToken(`sightline=${other}; __Host-sightline=${token}`, loopback)).toBe(token);
});

test.each([
  null,
  "",
  "__Host-sightline",
  "__Host-sightline=",
  `__host-sightline=${token}`,
  `x__Host-sightline=${token}`,
  `__Host-sightline=${token}a`,
  `__Host-sightline="${token}"`,
  `a=1, __Host-sightline=${token}`,
])("a Cookie header without a session in our form has none: %s", (header) => {
  expect(readSessionToken(header, remote)).toBeNull();
});
