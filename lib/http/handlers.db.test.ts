import { describe, expect, test } from "vitest";
import { z } from "zod";
import { PERMISSIONS } from "#lib/auth/permissions.ts";
import { AppError } from "#lib/domain/errors.ts";
import { type Permission, permissionSchema } from "#lib/domain/permission.ts";
import { roleSchema } from "#lib/domain/person.ts";
import {
  APP_URL,
  apiDatabase,
  aSignedInPerson,
  ask,
  aTokenOf,
  BOOTSTRAP_TOKEN,
  bearer,
  browserHeaders,
} from "#testing/api.ts";
import { handleCommand, handlePublicCommand, handleQuery, handleUpload } from "./handlers.ts";

apiDatabase();

const filterSchema = z.object({ name: z.string().optional(), limit: z.coerce.number().int().max(9).optional() });
const query = handleQuery("findings:read", filterSchema, (filter) => ({ filter }));
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

describe("input", () => {
  const fieldsOf = async (answer: Response) => [
    answer.status,
    (await answer.json()).errors?.map((fault: { field: string }) => fault.field),
  ];

  test("an unknown query name is refused by name", async () => {
    expect(await fieldsOf(await ask(query, "/x?name=a&colour=red", bootstrap))).toEqual([400, ["colour"]]);
    expect(
      await fieldsOf(await ask(command, "/x?force=1", { ...bootstrap, method: "POST", body: { name: "a" } })),
    ).toEqual([400, ["force"]]);
  });

  test("a name that takes one value is refused when it is given twice", async () => {
    expect(await fieldsOf(await ask(query, "/x?name=a&name=b", bootstrap))).toEqual([400, ["name"]]);
    expect(await fieldsOf(await ask(query, "/x?limit=1&limit=2", bootstrap))).toEqual([400, ["limit"]]);
    expect(await fieldsOf(await ask(query, "/x?limit=ten", bootstrap))).toEqual([400, ["limit"]]);
  });

  test.each(["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"])(
    "the name %s is as unknown as any",
    async (name) => {
      expect((await ask(query, `/x?${name}=1`, bootstrap)).status).toBe(400);
      const body = `{"name":"a","${name}":{"role":"admin"}}`;
      const headers = { ...bootstrap.headers, "content-type": "application/json" };
      expect((await ask(command, "/x", { method: "POST", headers, body })).status).toBe(400);
      expect(({} as Record<string, unknown>).role).toBeUndefined();
    },
  );

  test("values of another type are refused, whatever they hold", async () => {
    for (const name of [{ $gt: "" }, ["a"], 1, true, null]) {
      expect(await fieldsOf(await ask(command, "/x", { ...bootstrap, method: "POST", body: { name } }))).toEqual([
        400,
        ["name"],
      ]);
    }
    for (const body of [[], ["a"], '"a"', "1", "null", "{", '{"name":}', "\u0000"]) {
      const headers = { ...bootstrap.headers, "content-type": "application/json" };
      expect((await ask(command, "/x", { method: "POST", headers, body })).status).toBe(400);
    }
  });

  test("deep nesting and bodies that are no UTF-8 are refused without a fault", async () => {
    const headers = { ...bootstrap.headers, "content-type": "application/json" };
    const deep = `{"name":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
    expect((await ask(command, "/x", { method: "POST", headers, body: deep })).status).toBe(400);
    const request = new Request(`${APP_URL}/x`, { method: "POST", headers, body: new Uint8Array([0x22, 0xff, 0x22]) });
    expect((await command(request)).status).toBe(400);
  });

  test("a body over 1 MB is refused, with and without a length", async () => {
    const body = { name: "a".repeat(1024 * 1024) };
    expect((await ask(command, "/x", { ...bootstrap, method: "POST", body })).status).toBe(413);
    const headers = { ...bootstrap.headers, "content-length": "99999999", "content-type": "application/json" };
    expect((await command(new Request(`${APP_URL}/x`, { method: "POST", headers, body: "{}" }))).status).toBe(413);
  });

  test("a path that cannot name anything is not found", async () => {
    const route = handleQuery("findings:read", z.object({}), (_, { params }) => params, {
      params: z.object({ id: z.uuid() }),
    });
    expect((await ask(route, "/x/1", { ...bootstrap, params: { id: "1" } })).status).toBe(404);
    expect((await ask(route, "/x/1", { ...bootstrap, params: { id: "' OR 1=1" } })).status).toBe(404);
  });

  test("an upload's body is left for the route to read", async () => {
    const route = handleUpload(
      "scans:write",
      z.object({ name: z.string() }),
      async ({ name }, { request }) => ({
        name,
        sizeBytes: (await request.arrayBuffer()).byteLength,
      }),
      { status: 202 },
    );
    const headers = { ...bootstrap.headers, "content-type": "application/zip" };
    const answer = await ask(route, "/x?name=a", { method: "POST", headers, body: "PK" });
    expect([answer.status, await answer.json()]).toEqual([202, { name: "a", sizeBytes: 2 }]);
  });
});

describe("answers", () => {
  const failing = (error: unknown) =>
    handleQuery("findings:read", z.object({}), () => {
      throw error;
    });

  test("nothing may be kept by a cache", async () => {
    for (const answer of [
      await ask(query, "/x", bootstrap),
      await ask(query, "/x"),
      await ask(query, "/x?a=b", bootstrap),
    ]) {
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
  });

  test("an expected failure is told in its own words", async () => {
    const answer = await ask(failing(new AppError("gone", "Before 1 May only counts are kept")), "/x", bootstrap);
    expect(await answer.json()).toMatchObject({
      type: "urn:sightline:problem:gone",
      status: 410,
      detail: "Before 1 May only counts are kept",
    });
  });

  test("a bug's words stay in the log", async () => {
    const answer = await ask(failing(new Error("password=hunter2 at /srv/app.ts:1")), "/x", bootstrap);
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).not.toMatch(/hunter2|app\.ts|at /);
    expect(JSON.parse(text).instance).toBe(`urn:uuid:${answer.headers.get("x-request-id")}`);
  });

  test("a schema that fails inside a route is our fault, not the caller's", async () => {
    const answer = await ask(failing(z.object({ a: z.string() }).safeParse({}).error), "/x", bootstrap);
    expect(answer.status).toBe(500);
  });

  test("a database that is away is 503 and says when to come back", async () => {
    const away = [
      Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }),
      Object.assign(new Error("the database system is shutting down"), { code: "57P03" }),
      new Error("Connection terminated unexpectedly"),
      new Error("query failed", { cause: new AggregateError([Object.assign(new Error(), { code: "ECONNREFUSED" })]) }),
    ];
    for (const error of away) {
      const answer = await ask(failing(error), "/x", bootstrap);
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
    }
  });

  test("nothing to tell is 204", async () => {
    const route = handleCommand("scans:write", z.object({}), () => undefined);
    expect((await ask(route, "/x", { ...bootstrap, method: "DELETE" })).status).toBe(204);
    const later = handleCommand("scans:write", z.object({}), () => undefined, { status: 202 });
    expect((await ask(later, "/x", { ...bootstrap, method: "POST" })).status).toBe(202);
  });
});
