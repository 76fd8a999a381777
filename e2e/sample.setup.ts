import { expect, test } from "./fixtures.ts";

// Everything else waits for it, so that nothing moves under a test; a busy machine takes its time.
const YEAR_TIMEOUT_MS = 240_000;

test("the sample's year is synced before anybody looks", async ({ api }) => {
  test.setTimeout(YEAR_TIMEOUT_MS + 10_000);
  const state = async () => (await (await api.get("/api/v1/sample")).json()).state;
  await expect.poll(state, { timeout: YEAR_TIMEOUT_MS }).toBe("ready");
});
