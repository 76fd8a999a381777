import { test as base, expect, expectAccessible } from "./fixtures.ts";
import { sumOf, TrendsPage, written } from "./pages/trends-page.ts";

const OPEN = "Open findings by severity";
const FLOW = "New against closed, per week";
const FIXES = "Time to fix, by month";
const SEVERITIES = ["critical", "high", "medium", "low", "untriaged", "info"];

const test = base.extend<{ trends: TrendsPage }>({
  trends: async ({ page, api, signIn }, use) => {
    await signIn("viewer");
    await use(new TrendsPage(page, api));
  },
});

test("each number of a day is the API's, and opens a list of exactly that many", async ({ trends, page }) => {
  await trends.open("from=2026-06-01&to=2026-06-30");
  const { days } = await trends.ask("from=2026-06-01&to=2026-06-30");
  const table = await trends.table(OPEN);
  const day = days[16];
  if (!day) throw new Error("The month has fewer days than it should");
  const cells = table.getByRole("row", { name: day.day }).getByRole("cell");
  const counts = [...SEVERITIES.map((severity) => day.open[severity] ?? 0), sumOf(day.open)];
  await expect(cells).toHaveText(counts.map(written));

  for (const [index, count] of counts.entries()) {
    const address = await cells.nth(index).getByRole("link").getAttribute("href");
    expect(await trends.countListed(address ?? "")).toBe(count);
  }
  await cells.last().getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${written(sumOf(day.open))} findings`);
  await expect(page.getByText(`at the end of 17 Jun 2026, UTC`)).toBeVisible();
});

test("each week's new and closed open lists of exactly that many", async ({ trends }) => {
  await trends.open("range=1y");
  const rows = (await trends.table(FLOW)).getByRole("row");
  for (const index of [2, 12, 30]) {
    const cells = rows.nth(index).getByRole("cell");
    for (const cell of [cells.nth(0), cells.nth(1)]) {
      const address = await cell.getByRole("link").getAttribute("href");
      expect(written(await trends.countListed(address ?? ""))).toBe(await cell.textContent());
    }
  }
});

test("the keyboard reads the days one by one and opens the list of one", async ({ trends, page }) => {
  await trends.open("from=2026-06-01&to=2026-06-30");
  const { days } = await trends.ask("from=2026-06-01&to=2026-06-30");
  const chart = trends.chart(OPEN);
  const slider = chart.getByRole("slider");
  await expect(async () => {
    await slider.focus();
    await page.keyboard.press("Home");
    await expect(chart.getByRole("status")).toContainText("1 Jun 2026", { timeout: 500 });
  }).toPass();
  await page.keyboard.press("ArrowRight");
  const second = sumOf(days[1]?.open ?? {});
  await expect(chart.getByRole("status")).toContainText(`2 Jun 2026`);
  await expect(chart.getByRole("status")).toContainText(`All ${written(second)}`);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/asOf=2026-06-02/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${written(second)} findings`);
});

test("of the time before the first sync what is still open is told apart, and opens its list", async ({ trends }) => {
  await trends.open("from=2025-09-01&to=2026-01-31");
  const { days } = await trends.ask("from=2025-09-01&to=2026-01-31");
  const chart = trends.chart(OPEN);
  await expect(chart.getByText("Before the first sync").first()).toBeVisible();
  await expect(chart.getByText("Still open today, first observed then").first()).toBeVisible();
  const first = (await trends.table(OPEN)).getByRole("row", { name: "2025-09-01" });
  const count = sumOf(days[0]?.stillOpen ?? {});
  await expect(first.getByRole("cell").last()).toHaveText(written(count));
  const address = await first.getByRole("cell").last().getByRole("link").getAttribute("href");
  expect(await trends.countListed(address ?? "")).toBe(count);
});

test("each age of what is open, and each month's fixes, open lists of exactly that many", async ({ trends, page }) => {
  await trends.open("range=1y");
  const ages = page.getByRole("table", { name: "Age of what is open" }).getByRole("link");
  const months = (await trends.table(FIXES)).getByRole("row").filter({ has: page.getByRole("link") });
  const links = [...(await ages.all()), ...(await months.all()).map((row) => row.getByRole("link").first())];
  expect(links.length).toBeGreaterThan(18);
  for (const link of links) {
    const listed = await trends.countListed((await link.getAttribute("href")) ?? "");
    expect(written(listed)).toBe(await link.textContent());
  }
});

test("range, scope and bands stay in the address, and back undoes them", async ({ trends, page }) => {
  await trends.open();
  await page.getByRole("button", { name: "30 d" }).click();
  await expect(page).toHaveURL(/range=30d/);
  await page.getByRole("group", { name: "Bands by" }).getByRole("button", { name: "Account" }).click();
  await expect(page).toHaveURL(/by=accountId/);
  await expect(trends.chart("Open findings by account")).toBeVisible();
  await page.getByRole("button", { name: "All sources" }).click();
  await page.getByRole("checkbox", { name: "Inspector" }).check();
  await expect(page).toHaveURL(/source=inspector/);
  await page.reload();
  await expect(trends.chart("Open findings by account")).toBeVisible();
  await page.goBack();
  await expect(page).not.toHaveURL(/source=/);
});

test("the drawing is in the document before any script runs", async ({ trends, page }) => {
  await trends.open("range=90d");
  const document = await (await page.request.get(page.url())).text();
  expect(document).toContain('data-series="critical"');
});

test("how a number is counted is one step away", async ({ trends, page }) => {
  await trends.open();
  await trends
    .chart("Time to fix, by month")
    .getByRole("link", { name: /^How this is counted/ })
    .click();
  await expect(page).toHaveURL(/\/definitions#time-to-fix$/);
  await expect(page.locator("#time-to-fix")).toBeInViewport();
});

for (const timezoneId of ["Pacific/Auckland", "Pacific/Honolulu"]) {
  test.describe(`read in ${timezoneId}`, () => {
    test.use({ timezoneId });

    test("days are days of UTC, with the numbers that everybody else sees", async ({ trends }) => {
      await trends.open("from=2026-06-01&to=2026-06-30");
      const { days } = await trends.ask("from=2026-06-01&to=2026-06-30");
      const table = await trends.table(OPEN);
      await expect(table.getByRole("rowheader")).toHaveText(days.map(({ day }) => day).reverse());
      const first = table.getByRole("row", { name: "2026-06-01" }).getByRole("cell").last();
      await expect(first).toHaveText(written(sumOf(days[0]?.open ?? {})));
    });
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test("the page and the tables behind its charts are accessible", async ({ trends, page }) => {
      await trends.open("range=30d");
      await trends.table(OPEN);
      await trends.table(FLOW);
      await expectAccessible(page);
      await page.goto("/definitions");
      await expectAccessible(page);
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("charts are drawn narrow, with their names below them, and nothing overflows", async ({ trends, page }) => {
    await trends.open();
    const chart = trends.chart(OPEN);
    await expect(chart.getByRole("slider")).toBeAttached();
    await trends.drawing(OPEN);
    await expect(chart.getByRole("listitem").filter({ hasText: "Critical" })).toBeVisible();
    await expectAccessible(page);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });

  test("a touch reads a day, a second one opens its list", async ({ trends, page }) => {
    await trends.open("from=2026-06-01&to=2026-06-30");
    const { days } = await trends.ask("from=2026-06-01&to=2026-06-30");
    const chart = trends.chart(OPEN);
    await expect(chart.getByRole("slider")).toBeAttached();
    await chart.scrollIntoViewIfNeeded();
    const drawing = await (await trends.drawing(OPEN)).boundingBox();
    // The right end of the drawing is the last day.
    const touch = () => page.touchscreen.tap((drawing?.x ?? 0) + (drawing?.width ?? 0) - 10, (drawing?.y ?? 0) + 100);
    await touch();
    await expect(chart.getByRole("status")).toContainText("30 Jun 2026");
    await expect(page).toHaveURL(/trends/);
    await touch();
    await expect(page).toHaveURL(/asOf=2026-06-30/);
    const last = written(sumOf(days.at(-1)?.open ?? {}));
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${last} findings`);
  });
});
