import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { PERMISSIONS } from "#lib/auth/permissions.ts";
import { type Permission, permissionSchema } from "#lib/domain/permission.ts";
import { roleSchema } from "#lib/domain/person.ts";
import { apiDatabase, aSignedInPerson, ask, aTokenOf, BOOTSTRAP_TOKEN, bearer, browserHeaders } from "#testing/api.ts";
import { handleCommand, handlePublicCommand, handleQuery } from "./handlers.ts";

apiDatabase();

let changes = 0;
const command = handleCommand("scans:write", z.object({ name: z.string() }), ({ name }) => {
  changes += 1;
  return { name };
});
const bootstrap = { headers: bearer(BOOTSTRAP_TOKEN) };

describe("who is asking", () => {
  const asking = handleQuery("findings:read", z.object({}), (_, { caller }) => ({
    userName: caller.userName,
    via: caller.via,
  }));

  test("a session's cookie, an API token and the bootstrap token are each known", async () => {
    const { caller, headers } = await aSignedInPerson("viewer");
    const token = await aTokenOf(caller);
    expect(await (await ask(asking, "/x", { headers })).json()).toEqual({ userName: caller.userName, via: "session" });
    expect(await (await ask(asking, "/x", { headers: bearer(token) })).json()).toMatchObject({ via: "token" });
    expect(await (await ask(asking, "/x", bootstrap)).json()).toEqual({ userName: "bootstrap", via: "bootstrap" });
  });

  test("nobody is let in without a credential", async () => {
    const answer = await ask(asking, "/x");
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  });

  test("a malformed Authorization header is refused, and no cookie makes it good", async () => {
    const { caller, headers, sessionToken } = await aSignedInPerson("viewer");
    const token = await aTokenOf(caller);
    const malformed = [
      "",
      "Bearer",
      "Bearer ",
      "Bearer  ",
      "Basic YTpi",
      token,
      `Bearer ${token} x`,
      `Bearer ${token},`,
    ];
    const hostile = [
      "Bearer null",
      `Bearer ${"a".repeat(9000)}`,
      "Bearer é",
      `bearer\t${token}`,
      `Bearer ${sessionToken}`,
    ];
    for (const authorization of [...malformed, ...hostile]) {
      const answer = await ask(asking, "/x", { headers: { ...headers, authorization } });
      expect([authorization, answer.status]).toEqual([authorization, 401]);
    }
  });

  test("a token of one kind is worth nothing in another's place", async () => {
    const { caller, sessionToken } = await aSignedInPerson("viewer");
    const token = await aTokenOf(caller);
    for (const cookie of [`__Host-sightline=${token}`, `__Host-sightline=${BOOTSTRAP_TOKEN}`, `sightline=${token}`]) {
      expect((await ask(asking, "/x", { headers: { ...browserHeaders(), cookie } })).status).toBe(401);
    }
    expect((await ask(asking, "/x", { headers: bearer(sessionToken) })).status).toBe(401);
  });

  test("the unprefixed cookie counts on plain-http loopback only", async () => {
    const { sessionToken } = await aSignedInPerson("viewer");
    const from = async (host: string) =>
      (await ask(asking, "/x", { headers: { host, cookie: `sightline=${sessionToken}` } })).status;
    expect(await from("127.0.0.1:3000")).toBe(200);
    expect(await from("localhost:3000")).toBe(200);
    expect(await from("sightline.example")).toBe(401);
    expect(await from("127.0.0.1.evil.test")).toBe(401);
  });

  test("many bad tokens are turned away, wherever they say they come from, and good ones are not", async () => {
    const statuses = new Set<number>();
    for (let index = 0; index < 100; index++) {
      const headers = { ...bearer(`slt_${index}`), "x-forwarded-for": `10.0.0.${index}` };
      statuses.add((await ask(asking, "/x", { headers })).status);
    }
    expect([...statuses]).toEqual([401, 429].filter((status) => statuses.has(status)));
    expect(statuses).toContain(429);
    expect((await ask(asking, "/x", bootstrap)).status).toBe(200);
  });

  test("no Authorization header at all makes a fault of ours or lets anybody in", async () => {
    const text = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) });
    const values = fc.oneof(
      text,
      text.map((rest) => `Bearer ${rest}`),
      text.map((rest) => `Bearer slt_${rest}`),
    );
    await fc.assert(
      fc.asyncProperty(values, async (authorization) => {
        expect([401, 429]).toContain((await ask(asking, "/x", { headers: { authorization } })).status);
      }),
      { numRuns: 300 },
    );
  });
});

describe("who may do what", () => {
  test.each(roleSchema.options)("%s may do exactly what the table says, by session and by token", async (role) => {
    const { caller, headers } = await aSignedInPerson(role);
    const token = await aTokenOf(caller);
    const notForTokens: Permission[] = ["tokens:write", "people:write", "session:own"];
    for (const permission of permissionSchema.options) {
      const route = handleQuery(permission, z.object({}), () => ({}));
      const isAllowed = PERMISSIONS[role].has(permission);
      expect([permission, (await ask(route, "/x", { headers })).status]).toEqual([permission, isAllowed ? 200 : 403]);
      const byToken = isAllowed && !notForTokens.includes(permission);
      const status = (await ask(route, "/x", { headers: bearer(token) })).status;
      expect([permission, status]).toEqual([permission, byToken ? 200 : 403]);
    }
  });

  test("a refusal says what is missing and does nothing", async () => {
    const { headers } = await aSignedInPerson("viewer");
    const before = changes;
    const answer = await ask(command, "/x", { method: "POST", headers, body: { name: "a" } });
    expect(answer.status).toBe(403);
    expect((await answer.json()).detail).toContain("scans:write");
    expect(changes).toBe(before);
  });
});

describe("a change with a session's cookie", () => {
  const foreign: [string, Record<string, string | undefined>][] = [
    ["another site's Origin", { origin: "https://evil.test", "sec-fetch-site": "cross-site" }],
    ["another site's Origin alone", { origin: "https://evil.test", "sec-fetch-site": undefined }],
    ["a sibling site", { "sec-fetch-site": "same-site" }],
    ["an opaque Origin", { origin: "null", "sec-fetch-site": undefined }],
    ["a malformed Origin", { origin: "127.0.0.1:3000", "sec-fetch-site": undefined }],
    ["another port of this host", { origin: "http://127.0.0.1:3001", "sec-fetch-site": undefined }],
    ["no sign of a browser", { origin: undefined, "sec-fetch-site": undefined }],
  ];

  test.each(foreign)("is refused from %s", async (_, changed) => {
    const { headers } = await aSignedInPerson("developer");
    const before = changes;
    const given = Object.entries({ ...headers, ...changed }).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    );
    const answer = await ask(command, "/x", {
      method: "POST",
      headers: Object.fromEntries(given),
      body: { name: "a" },
    });
    expect(answer.status).toBe(403);
    expect(changes).toBe(before);
  });

  test("is refused as a form or as plain text, and done as JSON from our own page", async () => {
    const { headers } = await aSignedInPerson("developer");
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "application/jsonp",
      "multipart/form-data; boundary=x",
    ]) {
      const answer = await ask(command, "/x", {
        method: "POST",
        headers: { ...headers, "content-type": type },
        body: '{"name":"a"}',
      });
      expect([type, answer.status]).toEqual([type, 400]);
    }
    expect((await ask(command, "/x", { method: "POST", headers, body: { name: "a" } })).status).toBe(200);
  });

  test("needs our own page where no credential is asked for, too", async () => {
    const open = handlePublicCommand(z.object({}), () => ({}));
    expect(
      (await ask(open, "/x", { method: "POST", headers: { ...browserHeaders(), origin: "https://evil.test" } })).status,
    ).toBe(403);
    expect((await ask(open, "/x", { method: "POST", headers: browserHeaders() })).status).toBe(200);
  });
});
