import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "#lib/domain/errors.ts";
import { APP_URL, apiDatabase, ask, BOOTSTRAP_TOKEN, bearer } from "#testing/api.ts";
import { handleCommand, handleQuery, handleUpload } from "./handlers.ts";

apiDatabase();

const filterSchema = z.object({ name: z.string().optional(), limit: z.coerce.number().int().max(9).optional() });
const query = handleQuery("findings:read", filterSchema, (filter) => ({ filter }));
const command = handleCommand("scans:write", z.object({ name: z.string() }), ({ name }) => ({ name }));
const bootstrap = { headers: bearer(BOOTSTRAP_TOKEN) };

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

  test("no JSON at all makes a fault of ours", async () => {
    const headers = { ...bootstrap.headers, "content-type": "application/json" };
    const bodies = fc.oneof(
      fc.json(),
      fc.string(),
      fc.json().map((text) => `{"name":${text}}`),
    );
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        expect([200, 400]).toContain((await ask(command, "/x", { method: "POST", headers, body })).status);
      }),
      { numRuns: 300 },
    );
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
