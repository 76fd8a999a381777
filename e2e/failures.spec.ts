import { test as base, expect, expectAccessible } from "./fixtures.ts";
import { FindingsPage } from "./pages/findings-page.ts";

const test = base.extend<{ findings: FindingsPage }>({
  findings: async ({ page, api, signIn }, use) => {
    await signIn("lead");
    await use(new FindingsPage(page, api));
  },
});

/** An answer that is none: as a proxy or an older server may send it. */
const DETAIL = /\/api\/v1\/findings\/[\da-f-]{36}$/;

test("an open finding that cannot be drawn leaves the list, and comes when it is tried again", async ({
  findings,
  page,
}) => {
  await findings.open();
  await page.route(DETAIL, (route) => route.fulfill({ json: { id: "nothing else" } }));
  await findings.rows.first().click();
  const failure = page.getByRole("alert").filter({ hasText: "This finding could not be shown" });
  await expect(failure).toBeVisible();
  await expectAccessible(page);

  const { total } = await findings.ask("status=active&severity=medium&limit=1");
  await findings.facet(/Medium/).check();
  await findings.expectCount(total.count);

  await page.unroute(DETAIL);
  await failure.getByRole("button", { name: "Try again" }).click();
  await expect(findings.panel.getByRole("heading", { name: "Timeline" })).toBeVisible();
});

test("another finding opens where one could not be drawn, and Close closes what failed", async ({ findings, page }) => {
  await findings.open();
  await page.route(DETAIL, (route) => route.fulfill({ json: { id: "nothing else" } }), { times: 1 });
  await findings.rows.first().click();
  const failure = page.getByRole("alert").filter({ hasText: "This finding could not be shown" });
  await expect(failure).toBeVisible();
  await findings.rows.nth(1).click();
  await expect(findings.panel.getByRole("heading", { name: "Timeline" })).toBeVisible();

  await page.route(DETAIL, (route) => route.fulfill({ json: { id: "nothing else" } }));
  await findings.rows.nth(2).click();
  await failure.getByRole("button", { name: "Close" }).click();
  await expect(findings.panel).toHaveCount(0);
});

test("one part of a finding that cannot be drawn leaves the others", async ({ findings, page }) => {
  const [finding] = (await findings.ask("status=active&limit=1")).items;
  const answer = await findings.api.get(`/api/v1/findings/${finding?.id}`);
  const detail = await answer.json();
  await findings.open();
  await page.route(DETAIL, (route) => route.fulfill({ json: { ...detail, timeline: [{}] } }));
  await findings.rows.first().click();
  await expect(findings.panel.getByRole("alert")).toContainText("This part could not be shown");
  await expect(findings.panel.getByRole("heading", { name: "Where", exact: true })).toBeVisible();
});

test("facets that cannot be drawn leave the list and each other", async ({ findings, page }) => {
  const facets = await (await findings.api.get("/api/v1/findings/facets?status=active&severity=high")).json();
  await findings.open();
  await page.route("**/api/v1/findings/facets?*", (route) => route.fulfill({ json: { ...facets, region: [null] } }));
  await findings.facet(/High/).check();
  await expect(page.getByRole("alert").filter({ hasText: "Region could not be shown" })).toBeVisible();
  await expect(findings.facet(/Critical/)).toBeVisible();
  await expect(findings.rows.first()).toContainText("High");
});

test("a dialog whose script does not come says so, and the page goes on", async ({ findings, page }) => {
  await findings.open();
  await page.getByRole("button", { name: "Views" }).click();
  const save = page.getByRole("menuitem", { name: "Keep this list as a view…" });
  await expect(save).toBeVisible();
  await page.route("**/_next/static/chunks/**", (route) => route.abort());
  await save.click();
  const failure = page.getByRole("alert").filter({ hasText: "This dialog could not be shown" });
  await expect(failure).toBeVisible();
  await failure.getByRole("button", { name: "Close" }).click();
  await expect(failure).toHaveCount(0);
  await expect(findings.rows.first()).toBeVisible();
});
