import { beforeEach, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { apiDatabase, aSignedInPerson, ask } from "#testing/api.ts";
import * as retention from "./route.ts";

apiDatabase();
beforeEach(() => database().pool.query("DELETE FROM setting WHERE key = 'reports'"));

test("everybody reads for how long reports are kept, and how many are older; an admin alone changes it", async () => {
  const [admin, lead] = [await aSignedInPerson("admin"), await aSignedInPerson("lead")];
  const put = (headers: Record<string, string>, keepMonths: number) =>
    ask(retention.PUT, "/x", { headers, method: "PUT", body: { keepMonths } });
  const told = async (query = "") => (await ask(retention.GET, `/x${query}`, { headers: lead.headers })).json();
  expect(await told()).toEqual({ keepMonths: 60, outlived: 0 });
  expect((await put(lead.headers, 12)).status).toBe(403);
  expect((await put(admin.headers, 12)).status).toBe(204);
  expect(await told("?keepMonths=3")).toEqual({ keepMonths: 12, outlived: 0 });
  for (const months of [0, 241, 1.5]) {
    const refused = await put(admin.headers, months);
    expect([refused.status, (await refused.json()).errors[0].field]).toEqual([400, "keepMonths"]);
  }
});
