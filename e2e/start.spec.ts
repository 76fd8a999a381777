import { expect, test } from "./fixtures.ts";

test("one command brings up the pages, the database, the worker and the sample organisation", async ({ api }) => {
  expect(await (await api.get("/readyz")).json()).toEqual({ status: "ready" });
  // The worker syncs the sample over the wire, beside the build and on.
  await expect
    .poll(async () => (await (await api.get("/api/v1/sample")).json()).findings, { timeout: 50_000 })
    .toBeGreaterThan(0);
  const { items } = await (await api.get("/api/v1/sync-runs")).json();
  expect(items.length).toBeGreaterThan(0);
});
