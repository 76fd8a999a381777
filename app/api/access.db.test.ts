import { beforeAll, expect, test } from "vitest";
import { changePerson } from "#lib/auth/people.ts";
import { PERMISSIONS } from "#lib/auth/permissions.ts";
import { tokenPermissionSchema } from "#lib/domain/api-token.ts";
import { type Permission, permissionSchema } from "#lib/domain/permission.ts";
import { type Role, roleSchema } from "#lib/domain/person.ts";
import type { RouteHandler } from "#lib/http/operation.ts";
import { apiDatabase, aSignedInPerson, ask, aTokenOf, bearer } from "#testing/api.ts";
import * as metrics from "../metrics/route.ts";
import { ROUTES } from "./v1/openapi.json/routes.ts";

apiDatabase();
const LONG_AGO = new Date("2020-01-01T00:00:00Z");

type Cell = { name: string; method: string; handler: RouteHandler; permission: Permission };
const CELLS: Cell[] = Object.entries({ ...ROUTES, "/metrics": { ...metrics } }).flatMap(([path, handlers]) =>
  Object.entries(handlers).flatMap(([method, handler]) => {
    const permission = permissionSchema.safeParse(handler.operation.access).data;
    return permission ? [{ name: `${method} ${path}`, method, handler, permission }] : [];
  }),
);

// The unknown name stops the request after it was authorised and before it changes anything.
function knock({ method, handler }: Cell, headers: Record<string, string>): Promise<Response> {
  return ask(handler, "/?unknown=1", { method, headers });
}

const signed = new Map<Role, { session: Record<string, string>; token: Record<string, string> }>();
beforeAll(async () => {
  for (const role of roleSchema.options) {
    const { caller, headers } = await aSignedInPerson(role);
    signed.set(role, { session: headers, token: bearer(await aTokenOf(caller)) });
  }
});

test("there is something to knock at", () => {
  expect(CELLS.length).toBeGreaterThan(20);
});

test.each(roleSchema.options)("every operation lets %s in exactly where the table does", async (role) => {
  const { session, token } = signed.get(role)!;
  for (const cell of CELLS) {
    const isAllowed = PERMISSIONS[role].has(cell.permission);
    expect([cell.name, (await knock(cell, session)).status]).toEqual([cell.name, isAllowed ? 400 : 403]);
    const byToken = isAllowed && tokenPermissionSchema.safeParse(cell.permission).success;
    expect([cell.name, (await knock(cell, token)).status]).toEqual([cell.name, byToken ? 400 : 403]);
  }
});

test("no operation answers a stranger, a disabled person, an old session or an old token", async () => {
  const admin = await aSignedInPerson("admin");
  const disabled = await aSignedInPerson("admin");
  const disabledToken = bearer(await aTokenOf(disabled.caller));
  await changePerson(disabled.caller.personId, { isDisabled: true }, { caller: admin.caller, now: new Date() });
  const old = await aSignedInPerson("admin", LONG_AGO);
  const oldToken = bearer(await aTokenOf(admin.caller, undefined, LONG_AGO));
  for (const cell of CELLS) {
    for (const headers of [{}, disabled.headers, old.headers]) {
      expect([cell.name, (await knock(cell, headers)).status]).toEqual([cell.name, 401]);
    }
    for (const headers of [disabledToken, oldToken]) {
      expect([401, 429], cell.name).toContain((await knock(cell, headers)).status);
    }
  }
});

test("no change is made with a cookie that another site's page sent", async () => {
  const { session } = signed.get("admin")!;
  const changes = CELLS.filter(({ handler }) => handler.operation.kind !== "query");
  for (const cell of changes) {
    const headers = { ...session, origin: "https://evil.test", "sec-fetch-site": "cross-site" };
    expect([cell.name, (await knock(cell, headers)).status]).toEqual([cell.name, 403]);
  }
});
