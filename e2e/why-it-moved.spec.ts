import { test as base, expect, expectAccessible } from "./fixtures.ts";
import { TrendsPage, written } from "./pages/trends-page.ts";

const TITLE = "Why it moved";
const DAYS = "from=2026-06-01&to=2026-06-30";

const test = base.extend<{ trends: TrendsPage }>({
  trends: async ({ page, api, signIn }, use) => {
    await signIn("viewer");
    await use(new TrendsPage(page, api));
  },
});

type Movements = {
  before: { total: number };
  after: { total: number };
  bars: { reason: string; net: number; findings: number }[];
};

async function movementsOf({ api }: TrendsPage, severity = ""): Promise<Movements> {
  const answer = await api.get(`/api/v1/trends/movements?from=2026-05-31&to=2026-06-30&severity=${severity}`);
  expect(answer.status(), await answer.text()).toBe(200);
  return answer.json();
}

test("the bars lead from one number to the other, and each opens just the findings that moved so", async ({
  trends,
  page,
}) => {
  const { before, after, bars } = await movementsOf(trends);
  expect(before.total + bars.reduce((sum, { net }) => sum + net, 0)).toBe(after.total);
  await trends.open(DAYS);
  const links = trends.chart(TITLE).getByRole("link", { name: /: [+−\d]/ });
  await expect(links).toHaveCount(2 + bars.filter(({ net }) => net !== 0).length);
  for (const link of await links.all()) {
    const [name, address] = [await link.getAttribute("aria-label"), await link.getAttribute("href")];
    const listed = await trends.countListed(address ?? "");
    expect(`${name} ends with ${written(listed)}`).toMatch(/: (\S+) ends with \1$|of (\S+) findings? ends with \2$/);
  }
  await links.first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${written(before.total)} findings`);
});

test("one severity alone can be asked for, and stays in the address", async ({ trends, page }) => {
  await trends.open(DAYS);
  const chart = trends.chart(TITLE);
  await chart.getByRole("button", { name: "All severities" }).click();
  await page.getByRole("menuitemradio", { name: "Critical" }).click();
  await expect(page).toHaveURL(/moveSeverity=critical/);
  const { after } = await movementsOf(trends, "critical");
  await expect(chart.getByRole("link", { name: /^Open after 30 Jun 2026/ })).toHaveAccessibleName(
    `Open after 30 Jun 2026: ${written(after.total)}`,
  );
});

test("it can be read at the width of a phone, and without a mouse", async ({ trends, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await trends.open(DAYS);
  const first = trends.chart(TITLE).getByRole("link", { name: /^Open after 31 May 2026/ });
  await first.focus();
  await expect(first).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(
    trends
      .chart(TITLE)
      .getByRole("link", { name: /movement/ })
      .first(),
  ).toBeFocused();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  await expectAccessible(page);
});
