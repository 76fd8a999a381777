import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./fixtures.ts";
import { TrendsPage, written } from "./pages/trends-page.ts";

const DAY = "2026-06-30";

/** As many days ago as the sample surely reaches back: its year ends when it is replayed. */
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test("the overview looks back to a day that is chosen, and every number opens the list of then", async ({
  page,
  api,
  signIn,
}) => {
  await signIn("viewer");
  const day = daysAgo(100);
  await page.goto("/overview");
  await expect(async () => {
    if (!(await page.getByLabel("Day", { exact: true }).isVisible()))
      await page.getByRole("button", { name: "As of now" }).click();
    await page.getByLabel("Day", { exact: true }).fill(day, { timeout: 1_000 });
  }).toPass();
  await page.getByRole("button", { name: "Show this day" }).click();
  await expect(page).toHaveURL(new RegExp(`asOf=${day}`));
  await expect(page.getByText(/Coverage, fixes, freshness and scans are told of now alone/)).toBeVisible();
  const told = await (await api.get(`/api/v1/overview?asOf=${day}`)).json();
  const trends = new TrendsPage(page, api);
  const tiles = page.getByRole("region", { name: "Headlines" });
  const critical = tiles.getByRole("link", { name: written(told.critical.open), exact: true }).first();
  const address = (await critical.getAttribute("href")) ?? "";
  expect(await trends.countListed(address)).toBe(told.critical.open);
  await critical.click();
  await expect(page).toHaveURL(/\/findings\?.*asOf=/);
});

test("of a moment before the first sync the page says so, and leads back to now", async ({ page, signIn }) => {
  await signIn("viewer");
  for (const path of ["/overview", "/trends/sla"]) {
    await page.goto(`${path}?asOf=2020-01-01`);
    await expect(page.getByRole("heading", { name: "Nothing can be told as of this moment" })).toBeVisible();
    await page.getByRole("button", { name: "Show now" }).click();
    await expect(page).not.toHaveURL(/asOf/);
    await expect(page.getByRole("button", { name: "As of now" })).toBeVisible();
  }
});

test("the SLA page looks back as its numbers do", async ({ page, api, signIn }) => {
  await signIn("viewer");
  const day = daysAgo(60);
  const { all } = await (await api.get(`/api/v1/sla/standing?asOf=${day}`)).json();
  await page.goto(`/trends/sla?asOf=${day}`);
  const tiles = page.getByRole("region", { name: "Due dates" });
  const undated = tiles.getByRole("link", { name: written(all.undated.findings), exact: true }).last();
  expect(await undated.getAttribute("href")).toContain("asOf=");
});

test("trends of days that are over tell the ages and the backlog of their end", async ({ page, api, signIn }) => {
  await signIn("viewer");
  const trends = new TrendsPage(page, api);
  const [from, to] = [daysAgo(120), daysAgo(60)];
  await trends.open(`from=${from}&to=${to}`);
  await expect(page.getByText(/^As of the end of/)).toBeVisible();
  const ages = page.getByRole("figure", { name: /^Age of what was open on/ });
  const first = ages.getByRole("link").nth(1);
  const address = (await first.getAttribute("href")) ?? "";
  expect(written(await trends.countListed(address))).toBe(await first.textContent());
  await expect(page.getByRole("heading", { name: /^Backlog, and where it goes from/ })).toBeVisible();
});

test.describe("with a finger", () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test("two touches pick days once that is asked for", async ({ page, signIn }) => {
    await signIn("viewer");
    await page.goto(`/trends?from=2026-06-01&to=${DAY}`);
    const pick = page.getByRole("button", { name: "Pick days to zoom" });
    await expect(async () => {
      if (await pick.isVisible()) await pick.tap();
      await expect(page.getByText("Touch the first day, then the last one.")).toBeVisible({ timeout: 500 });
    }).toPass();
    const slider = page.getByRole("figure", { name: "Open findings by severity" }).getByRole("slider");
    await slider.scrollIntoViewIfNeeded();
    const area = await slider.boundingBox();
    if (!area) throw new Error("The chart has no place");
    const touch = (index: number) => page.touchscreen.tap(area.x + (area.width * index) / 29, area.y + area.height / 2);
    await touch(9);
    await expect(page.getByText("From here. Touch the last day").first()).toBeVisible();
    await touch(14);
    await expect(page).toHaveURL(/zoomFrom=2026-06-10&zoomTo=2026-06-15/);
    await expect(pick).toBeVisible();
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test.describe(`in ${colorScheme} colours, ${width} wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

      test("pages of the past are accessible and nothing overflows", async ({ page, signIn }) => {
        await signIn("viewer");
        for (const path of ["/overview", "/trends/sla"]) {
          await page.goto(`${path}?asOf=${daysAgo(100)}`);
          await expect(page.getByText(/^As of .* UTC\.$/)).toBeVisible();
          await expectAccessible(page);
          expect(await overflow(page)).toBe(0);
        }
      });
    });
  }
}
