import { expect, test } from "vitest";
import { listColumnsSchema } from "#lib/domain/list-columns.ts";
import { apiDatabase, aSignedInPerson, ask, type Signed } from "#testing/api.ts";
import * as columns from "./route.ts";

apiDatabase();

const ADDRESS = "/api/v1/findings/columns";
const get = async ({ headers }: Signed) =>
  listColumnsSchema.parse(await (await ask(columns.GET, ADDRESS, { headers })).json()).columns;
const put = ({ headers }: Signed, chosen: string[]) =>
  ask(columns.PUT, ADDRESS, { method: "PUT", headers, body: { columns: chosen } });

test("columns are each person's own, come back in the order of the list, and can be the usual ones again", async () => {
  const [mira, tunde] = await Promise.all([aSignedInPerson("viewer"), aSignedInPerson("viewer")]);
  expect(await get(mira)).toEqual([]);
  expect((await put(mira, ["region", "finding", "severity", "score"])).status).toBe(204);
  expect(await get(mira)).toEqual(["severity", "score", "finding", "region"]);
  expect(await get(tunde)).toEqual([]);
  expect((await put(mira, [])).status).toBe(204);
  expect(await get(mira)).toEqual([]);
});

test("a column that there is not is refused by its place", async () => {
  const mira = await aSignedInPerson("viewer");
  const answer = await put(mira, ["severity", "password_hash"]);
  expect(answer.status).toBe(400);
  expect(JSON.stringify(await answer.json())).toContain("columns.1");
  expect(await get(mira)).toEqual([]);
});
