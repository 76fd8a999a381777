import { test as base, expect, expectAccessible } from "./fixtures.ts";
import { TrendsPage, written } from "./pages/trends-page.ts";

const test = base.extend<{ lists: TrendsPage }>({
  lists: async ({ page, api, signIn }, use) => {
    await signIn("viewer");
    const lists = new TrendsPage(page, api);
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Overview");
    await use(lists);
  },
});

test("the day begins on the overview, and its headlines are what the API answers", async ({ lists, page }) => {
  const tiles = page.getByRole("region", { name: "Headlines" });
  await expect(async () => {
    await page.reload();
    const { critical, knownExploited, since, notScanned } = await (await page.request.get("/api/v1/overview")).json();
    for (const count of [critical.open, knownExploited.findings, since.new, since.fixed, notScanned.notScanned])
      await expect(tiles.getByRole("link", { name: written(count), exact: true }).first()).toBeVisible({
        timeout: 500,
      });
    expect(await lists.countListed("/findings?status=active&severity=critical")).toBe(critical.open);
  }).toPass();
});

test("every number of the page that leads to findings leads to exactly that many", async ({ lists, page }) => {
  const links = page.getByRole("main").locator("a[href^='/findings?']");
  // Other tests scan code meanwhile: the page is read anew until nothing came between it and its lists.
  await expect(async () => {
    await page.reload();
    const told = await links.evaluateAll((all) =>
      all.map((link) => ({
        address: link.getAttribute("href") ?? "",
        // "+4", "−9" and "3 reopened" are counts too; what names no number is another kind of link.
        count: /^[+−]?([\d,]+)(?: [a-z ]+)?$/.exec(link.textContent?.trim() ?? "")?.[1]?.replace(",", ""),
      })),
    );
    const counted = told.filter(({ count }) => count !== undefined);
    expect(counted.length).toBeGreaterThan(25);
    for (const { address, count } of counted)
      expect([address, await lists.countListed(address)]).toEqual([address, Number(count)]);
  }).toPass();
});

test("one change closes as many as it says, and opens them", async ({ lists, page }) => {
  const block = page.getByRole("region", { name: "Fix first" });
  const first = block.getByRole("listitem").first();
  const count = Number((await first.locator("b").textContent())?.replace(",", ""));
  const link = first.getByRole("link");
  expect(await lists.countListed((await link.getAttribute("href")) ?? "")).toBe(count);
  await link.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    `${written(count)} finding${count === 1 ? "" : "s"}`,
  );
});

test("the worst is the top of the list, with the reason beside it", async ({ lists, page, api }) => {
  expect(lists.page).toBe(page);
  const { items } = await (await api.get("/api/v1/findings?status=active&limit=6")).json();
  const worst = page.getByRole("region", { name: "Worst now" }).getByRole("listitem");
  await expect(worst).toHaveCount(items.length);
  await expect(worst.first()).toContainText(/Score \d+\.\d/);
  await worst.first().getByRole("link").click();
  await expect(page).toHaveURL(`/findings/${items[0].id}`);
});

test("what is not scanned has a list with reasons, and freshness names every place", async ({ lists, page, api }) => {
  expect(lists.page).toBe(page);
  const { scopes } = await (await api.get("/api/v1/freshness")).json();
  await expect(page.getByRole("region", { name: "Freshness" }).locator("a[href^='/findings?']")).toHaveCount(
    scopes.length,
  );

  const { total, reasons } = await (await api.get("/api/v1/coverage?limit=1")).json();
  await page
    .getByRole("region", { name: "Headlines" })
    .getByRole("link", { name: written(total.notScanned), exact: true })
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Coverage");
  const why = page.getByRole("region", { name: "Why" }).getByRole("listitem");
  await expect(why).toHaveCount(reasons.length);
  await why.first().getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`reason=${reasons[0].reason}`));
  await expectAccessible(page);
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test("the overview is accessible", async ({ lists }) => {
      await expectAccessible(lists.page);
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("the overview fits, and is accessible", async ({ lists: { page } }) => {
    await expectAccessible(page);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });
});
