import { beforeAll, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { savedViewSchema, savedViewsSchema } from "#lib/domain/saved-view.ts";
import { apiDatabase, aSignedInPerson, ask, type Signed } from "#testing/api.ts";
import * as oneView from "./[id]/route.ts";
import * as visits from "./[id]/visits/route.ts";
import * as views from "./route.ts";

apiDatabase();

let mira: Signed;
let tunde: Signed;
beforeAll(async () => {
  [mira, tunde] = await Promise.all([aSignedInPerson("viewer"), aSignedInPerson("viewer")]);
});

const create = (person: Signed, body: unknown) =>
  ask(views.POST, "/api/v1/views", { method: "POST", headers: person.headers, body });
const change = (person: Signed, id: string, body: unknown) =>
  ask(oneView.PATCH, `/api/v1/views/${id}`, { method: "PATCH", headers: person.headers, body, params: { id } });
const remove = (person: Signed, id: string) =>
  ask(oneView.DELETE, `/api/v1/views/${id}`, { method: "DELETE", headers: person.headers, params: { id } });
const open = (person: Signed, id: string) =>
  ask(visits.POST, `/api/v1/views/${id}/visits`, { method: "POST", headers: person.headers, params: { id } });
const list = async (person: Signed) =>
  savedViewsSchema.parse(await (await ask(views.GET, "/api/v1/views", { headers: person.headers })).json()).items;
const made = async (person: Signed, name: string, isShared = false) => {
  const response = await create(person, { name, query: "status=active&severity=critical", isShared });
  expect(response.status).toBe(201);
  return savedViewSchema.parse(await response.json());
};

test("a view is its owner's until it is shared; then everyone sees it and only its owner changes it", async () => {
  const { id } = await made(mira, "Mine");
  expect((await list(tunde)).map(({ name }) => name)).not.toContain("Mine");
  expect((await change(tunde, id, { isDefault: true })).status).toBe(404);
  expect((await change(mira, id, { isShared: true })).status).toBe(200);
  expect(await list(tunde)).toContainEqual(expect.objectContaining({ id, isOwn: false, owner: mira.caller.userName }));
  expect((await change(tunde, id, { name: "Stolen" })).status).toBe(403);
  expect((await remove(tunde, id)).status).toBe(403);
});

test("everybody chooses their own default, and it ends with its view", async () => {
  const { id } = await made(mira, "Morning", true);
  const defaultOf = async (person: Signed) => (await list(person)).find(({ isDefault }) => isDefault)?.id;
  expect((await change(tunde, id, { isDefault: true })).status).toBe(200);
  expect(await defaultOf(tunde)).toBe(id);
  expect(await defaultOf(mira)).toBeUndefined();
  expect((await remove(mira, id)).status).toBe(204);
  expect(await defaultOf(tunde)).toBeUndefined();
});

test("a name is taken once by each person", async () => {
  await made(mira, "Same");
  await made(tunde, "Same");
  const again = await create(mira, { name: " Same ", query: "status=active" });
  expect(again.status).toBe(409);
  expect((await again.json()).errors).toEqual([expect.objectContaining({ field: "name" })]);
});

test.each(["severity=terrible", "colour=red", "score=9..1", "limit=5", "by=colour"])(
  "a view of %s is refused, with what is wrong",
  async (query) => {
    const response = await create(mira, { name: query, query });
    expect(response.status).toBe(400);
    expect((await response.json()).errors[0].field).toBe("query");
  },
);

test("a view keeps what leaves out, the sort and the grouping", async () => {
  const query = "-severity=low&by=cve&sort=newest&status=active&tag=a%3Db%5C%2Cc";
  const { id } = savedViewSchema.parse(await (await create(mira, { name: "Whole", query })).json());
  expect((await list(mira)).find((view) => view.id === id)?.query).toBe(query);
});

test("opening is noted for whoever opens, and every change has its audit row", async () => {
  const { id } = await made(mira, "Opened", true);
  expect((await open(tunde, id)).status).toBe(204);
  expect((await list(tunde)).find((view) => view.id === id)?.openedAt).not.toBeNull();
  expect((await list(mira)).find((view) => view.id === id)?.openedAt).toBeNull();
  await change(mira, id, { name: "Renamed" });
  await remove(mira, id);
  const { rows } = await database().pool.query("SELECT action FROM audit_event WHERE target = $1 ORDER BY id", [id]);
  expect(rows.map(({ action }) => action)).toEqual(["view.create", "view.change", "view.delete"]);
});
