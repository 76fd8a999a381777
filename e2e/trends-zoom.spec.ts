import type { Locator } from "@playwright/test";
import { test as base, expect, expectAccessible } from "./fixtures.ts";
import { sumOf, TrendsPage, written } from "./pages/trends-page.ts";

const OPEN = "Open findings by severity";
const BY_TYPE = "Open findings by resource type";
const FIXES = "Time to fix, by month";
const JUNE = "from=2026-06-01&to=2026-06-30";

const test = base.extend<{ trends: TrendsPage }>({
  trends: async ({ page, api, signIn }, use) => {
    await signIn("viewer");
    await use(new TrendsPage(page, api));
  },
});

/** The keys work once the page's scripts run: a first day is read then. */
async function readFirstDay(slider: Locator, said: Locator, day: string): Promise<void> {
  await expect(async () => {
    await slider.focus();
    await slider.press("Home");
    await expect(said).toContainText(day, { timeout: 500 });
  }).toPass();
}

test("what is open is told by type of resource, and each number of a day opens its list", async ({ trends, page }) => {
  await trends.open(`${JUNE}&by=resourceType&shape=lines`);
  const answer = await page.request.get(`/api/v1/trends?${JUNE}&by=resourceType`);
  const { keys, days } = await answer.json();
  expect(keys.length).toBeGreaterThan(2);
  const last = (await trends.table(BY_TYPE)).getByRole("row", { name: "2026-06-30" }).getByRole("cell");
  await expect(last.last()).toHaveText(written(sumOf(days.at(-1).open)));
  for (const cell of await last.all()) {
    const address = await cell.getByRole("link").getAttribute("href");
    expect(written(await trends.countListed(address ?? ""))).toBe(await cell.textContent());
  }
  await page.getByRole("group", { name: "Bands by" }).getByRole("button", { name: "Severity" }).click();
  await expect(page.getByRole("heading", { name: OPEN, exact: true })).toBeVisible();
});

test("dragging over days shows these alone on the whole page, and a link shows all again", async ({ trends, page }) => {
  await trends.open(JUNE);
  const chart = trends.chart(OPEN);
  const slider = chart.getByRole("slider");
  await readFirstDay(slider, chart.getByRole("status"), "1 Jun 2026");
  const area = await slider.boundingBox();
  if (!area) throw new Error("The chart has no place");
  const middle = area.y + area.height / 2;
  const dayAt = (index: number) => area.x + (area.width * index) / 29;
  await page.mouse.move(dayAt(9), middle);
  await page.mouse.down();
  await page.mouse.move(dayAt(14), middle, { steps: 4 });
  await expect(chart.getByRole("status")).toContainText("10 Jun 2026 to 15 Jun 2026");
  await page.mouse.up();
  await expect(page).toHaveURL(/zoomFrom=2026-06-10&zoomTo=2026-06-15/);
  const table = await trends.table(OPEN);
  await expect(table.getByRole("rowheader")).toHaveText(
    ["15", "14", "13", "12", "11", "10"].map((day) => `2026-06-${day}`),
  );
  await expect(page.getByRole("link", { name: /^Open after 9 Jun 2026/ })).toBeVisible();
  await page.getByRole("button", { name: "Show all days from 1 Jun 2026" }).click();
  await expect(page).not.toHaveURL(/zoom/);
  await expect(table.getByRole("rowheader")).toHaveCount(30);
  await page.goBack();
  await expect(page).toHaveURL(/zoomFrom=2026-06-10/);
});

test("the keyboard picks days, zooms to them and goes back", async ({ trends, page }) => {
  await trends.open(JUNE);
  const chart = trends.chart("Critical and high, open");
  const slider = chart.getByRole("slider");
  const said = chart.getByRole("status");
  await readFirstDay(slider, said, "1 Jun 2026");
  await slider.press("Shift+PageDown");
  await expect(said).toContainText("1 Jun 2026");
  await slider.press("Shift+PageUp");
  await expect(said).toContainText("1 Jun 2026 to 8 Jun 2026");
  await slider.press("Escape");
  await expect(said).not.toContainText(" to ");
  await slider.press("Home");
  for (const _ of [1, 2, 3]) await slider.press("Shift+ArrowRight");
  await expect(said).toContainText("1 Jun 2026 to 4 Jun 2026");
  await slider.press("Enter");
  await expect(page).toHaveURL(/zoomFrom=2026-06-01&zoomTo=2026-06-04/);
  await expect(page.getByText("Zoomed to 1 Jun 2026 to 4 Jun 2026.")).toBeVisible();
  await expect(page.locator("[aria-busy='true']")).toHaveCount(0);
  await slider.press("Escape");
  await expect(page).not.toHaveURL(/zoom/);
});

test("where a waterfall begins before the first sync, what was open is not known", async ({ trends }) => {
  await trends.open("from=2025-09-01&to=2026-01-31");
  const chart = trends.chart("Why it moved");
  await expect(chart.getByText("Not known", { exact: true }).first()).toBeVisible();
  await expect(chart.getByText(/^Of the time before the first sync on/)).toBeVisible();
  await expect(chart.getByRole("link", { name: /^Open after 31 Aug/ })).toHaveCount(0);
});

// Summer time begins in Auckland on the 27th of September, between two ends of months.
for (const timezoneId of ["Pacific/Apia", "Pacific/Auckland", "Pacific/Honolulu"]) {
  test.describe(`read in ${timezoneId}`, () => {
    test.use({ timezoneId });

    test("days, months and picked days are those of UTC over the ends of months and summer time", async ({
      trends,
      page,
    }) => {
      const days = "from=2026-08-28&to=2026-10-03";
      await trends.open(days);
      const answer = await trends.ask(days);
      const table = await trends.table(OPEN);
      await expect(table.getByRole("rowheader")).toHaveText(answer.days.map(({ day }) => day).reverse());
      for (const day of ["2026-08-31", "2026-09-26", "2026-09-27", "2026-09-30"]) {
        const total = table.getByRole("row", { name: day }).getByRole("cell").last();
        const open = answer.days.find((one) => one.day === day)?.open ?? {};
        await expect(total).toHaveText(written(sumOf(open)));
        const address = await total.getByRole("link").getAttribute("href");
        expect(await trends.countListed(address ?? "")).toBe(sumOf(open));
      }
      const months = await trends.table(FIXES);
      await expect(months.getByRole("rowheader")).toHaveText(["Oct 2026", "Sep 2026", "Aug 2026"]);
      const slider = trends.chart(OPEN).getByRole("slider");
      await readFirstDay(slider, trends.chart(OPEN).getByRole("status"), "28 Aug 2026");
      for (const _ of [1, 2, 3, 4]) await slider.press("Shift+ArrowRight");
      await slider.press("Enter");
      await expect(page).toHaveURL(/zoomFrom=2026-08-28&zoomTo=2026-09-01/);
    });
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1440, 390]) {
    test.describe(`in ${colorScheme} colours, ${width} wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 900 } });

      test("zoomed, by type of resource, the page is accessible and nothing overflows", async ({ trends, page }) => {
        await trends.open(`${JUNE}&by=resourceType&zoomFrom=2026-06-10&zoomTo=2026-06-12`);
        await expect(trends.chart(BY_TYPE).getByRole("slider")).toBeAttached();
        await expect(page.getByRole("button", { name: "Show all days from 1 Jun 2026" })).toBeVisible();
        await expectAccessible(page);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBe(0);
      });
    });
  }
}
