import { readFile } from "node:fs/promises";
import { test as base, expect, expectAccessible } from "./fixtures.ts";
import { FindingsPage } from "./pages/findings-page.ts";

const test = base.extend<{ findings: FindingsPage }>({
  findings: async ({ page, api, signIn }, use) => {
    await signIn("viewer");
    await use(new FindingsPage(page, api));
  },
});

test("the list is what the API answers: the same order, the same count, worst first", async ({ findings, page }) => {
  await findings.open();
  const { items, total } = await findings.ask("status=active&limit=20");
  await findings.expectCount(total.count);
  expect((await findings.ids()).slice(0, 20)).toEqual(items.map(({ id }) => id));
  await expect(findings.rows.first()).toContainText("Critical");
  await expect(page.getByRole("complementary", { name: "Sample data" })).toContainText("invented");
});

test("the document already holds the rows, before any script asks for them", async ({ findings, page }) => {
  await findings.open();
  const { items } = await findings.ask("status=active&limit=1");
  const document = await (await page.request.get(page.url())).text();
  expect(document).toContain(`href="/findings/${items[0]?.id}"`);
});

test("a facet narrows the list to exactly its count, and its chip widens it again", async ({ findings, page }) => {
  await findings.open();
  const all = await findings.ask("status=active&limit=1");
  const high = await findings.ask("status=active&severity=high&limit=1");
  await findings.facet(/High/).check();
  await expect(page).toHaveURL(/severity=high/);
  await findings.expectCount(high.total.count);
  await expect(findings.rows.first()).toContainText("High");

  await page.reload();
  await findings.expectCount(high.total.count);
  await expect(findings.facet(/High/)).toBeChecked();

  await page.getByRole("button", { name: "Remove filter: Severity is high" }).click();
  await findings.expectCount(all.total.count);
  await page.goBack();
  await findings.expectCount(high.total.count);
});

test("what is typed is searched for, and lands in the address", async ({ findings, page }) => {
  await findings.open();
  const { total } = await findings.ask("status=active&q=curl&limit=1");
  await findings.press("/", () => expect(findings.search).toBeFocused({ timeout: 500 }));
  await findings.search.fill("curl");
  await expect(page).toHaveURL(/q=curl/);
  await findings.expectCount(total.count);
  await expect(findings.rows.first()).toContainText("curl");
});

test("a filter that leaves nothing over says which one to take away", async ({ findings, page }) => {
  await findings.open("status=active&severity=high&q=no-such-thing-anywhere");
  await expect(page.getByRole("heading", { name: "No finding matches all 3 filters" })).toBeVisible();
  await page.getByRole("button", { name: "Remove “Text has no-such-thing-anywhere”" }).click();
  await expect(findings.rows.first()).toContainText("High");
});

test("an address that asks for nonsense says what was left out", async ({ findings, page }) => {
  await findings.open("status=active&severity=terrible");
  await expect(page.getByText("Severity “terrible”")).toBeVisible();
  await findings.expectCount((await findings.ask("status=active&limit=1")).total.count);
});

test("the keyboard walks the list, opens a finding beside it, and comes back to its row", async ({
  findings,
  page,
}) => {
  await findings.open();
  const [first, second, third] = (await findings.ask("status=active&limit=3")).items;
  await findings.press("k", () => expect(findings.rows.nth(0).getByRole("link")).toBeFocused({ timeout: 500 }));
  await page.keyboard.press("j");
  await expect(findings.rows.nth(1).getByRole("link")).toBeFocused();
  await page.keyboard.press("o");
  await expect(page).toHaveURL(new RegExp(`open=${second?.id}`));
  await expect(findings.panel.getByRole("heading", { level: 2 })).toBeFocused();
  await expect(findings.panel.getByRole("heading", { name: /^Why it ranks 2 of/ })).toBeVisible();

  await page.keyboard.press("j");
  await expect(page).toHaveURL(new RegExp(`open=${third?.id}`));
  await page.keyboard.press("Escape");
  await expect(findings.panel).toHaveCount(0);
  await expect(findings.rows.nth(2).getByRole("link")).toBeFocused();
  await page.goBack();
  await expect(findings.panel).toBeVisible();
  expect(first).toBeDefined();
});

test("a finding opens beside the list without moving it, and its address opens it again", async ({
  findings,
  page,
}) => {
  await findings.open();
  await findings.pane.evaluate((element) => element.scrollTo(0, 1_000));
  const row = page.locator('tr[data-index="34"]');
  const before = await row.boundingBox();
  await row.click();
  await expect(findings.panel).toBeVisible();
  expect((await row.boundingBox())?.y).toBe(before?.y);
  const title = await findings.panel.getByRole("heading", { level: 2 }).textContent();

  await page.reload();
  await expect(findings.panel.getByRole("heading", { level: 2 })).toHaveText(title ?? "");
  await findings.panel.getByRole("link", { name: "Open as a page" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title ?? "");
});

test("scrolling reaches every finding once while few rows are drawn", async ({ findings, page }) => {
  await findings.open("status=active&severity=high");
  const { total } = await findings.ask("status=active&severity=high&limit=1");
  await expect(async () => {
    await findings.pane.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect(page.locator(`tr[aria-rowindex="${total.count + 1}"]`)).toBeVisible({ timeout: 300 });
  }).toPass({ timeout: 30_000, intervals: [50] });
  expect(await findings.rows.count()).toBeLessThan(120);
  await expect(page.getByRole("table")).toHaveAttribute("aria-rowcount", String(total.count + 1));
});

test("scrolling frame after frame never breaks the page, however far it goes", async ({ findings, page }) => {
  await findings.open("status=active,suppressed,closed");
  const { total } = await findings.ask("status=active,suppressed,closed&limit=1");
  await findings.press("k", () => expect(findings.rows.nth(0).getByRole("link")).toBeFocused({ timeout: 500 }));
  await expect(async () => {
    await findings.pane.evaluate(async (pane) => {
      for (let frame = 0; frame < 20; frame += 1) {
        pane.scrollBy(0, 500);
        await new Promise((drawn) => requestAnimationFrame(drawn));
      }
    });
    await expect(page.locator(`tr[aria-rowindex="${total.count + 1}"]`)).toBeVisible({ timeout: 100 });
  }).toPass({ timeout: 50_000, intervals: [0] });
});

test("the file holds exactly the list, in its order", async ({ findings, page }) => {
  await findings.open("status=active&severity=critical&sort=newest");
  const { items, total } = await findings.ask("status=active&severity=critical&sort=newest&limit=200");
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: "CSV" }).click(),
  ]);
  const [, ...lines] = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
  expect(lines).toHaveLength(total.count);
  expect(lines.slice(0, items.length).map((line) => line.split(",")[0])).toEqual(items.map(({ id }) => id));
});

test("a sort says its name, stays in the address, and can be pressed on its column", async ({ findings, page }) => {
  await findings.open();
  await page.getByRole("columnheader", { name: "Age" }).getByRole("button").click();
  await expect(page).toHaveURL(/sort=newest/);
  await expect(page.getByRole("columnheader", { name: "Age" })).toHaveAttribute("aria-sort", "ascending");
  const { items } = await findings.ask("status=active&sort=newest&limit=5");
  await expect.poll(async () => (await findings.ids()).slice(0, 5)).toEqual(items.map(({ id }) => id));
  await page.getByRole("button", { name: "Sorted by Newest first" }).click();
  await page.getByRole("menuitemradio", { name: "EPSS, highest first" }).click();
  await expect(page).toHaveURL(/sort=epss/);
});

test("a list that does not load says what is safe, and comes when it is asked again", async ({ findings, page }) => {
  await findings.open();
  const problem = {
    title: "Not available right now",
    detail: "The database cannot be reached.",
    instance: "urn:uuid:0190",
  };
  await page.route("**/api/v1/findings?**severity=low**", (route) => route.fulfill({ status: 503, json: problem }));
  await findings.facet(/Low/).check();
  const failure = page.getByRole("alert").filter({ hasText: "The list did not load" });
  await expect(failure).toContainText(
    "The database cannot be reached. Nothing was changed, and your filters are kept.",
  );
  await expectAccessible(page);
  await page.unroute("**/api/v1/findings?**severity=low**");
  await failure.getByRole("button", { name: "Try again" }).click();
  await expect(findings.rows.first()).toContainText("Low");
});

test("rows that do not come are asked for by the person, not for ever", async ({ findings, page }) => {
  await findings.open("status=active,suppressed,closed");
  let asked = 0;
  await page.route("**/api/v1/findings?**cursor=**", (route) => {
    asked += 1;
    return route.fulfill({ status: 400, json: { title: "Refused", detail: "No." } });
  });
  await findings.pane.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(page.getByText("The rows after these did not load.")).toBeVisible();
  expect(asked).toBe(1);
  await page.unroute("**/api/v1/findings?**cursor=**");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("The rows after these did not load.")).toHaveCount(0);
});

test("an address without a finding says so, inside the frame of the product", async ({ findings, page }) => {
  await findings.open();
  const answer = await page.goto("/findings/01900000-0000-7000-8000-000000000000");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is nothing at this address" })).toBeVisible();
});

test("the question mark lists the keys, and single letters can be turned off", async ({ findings, page }) => {
  await findings.open();
  await findings.press("?", () => expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible({ timeout: 500 }));
  await expectAccessible(page);
  await page.getByRole("checkbox", { name: "Single letters are shortcuts in this browser" }).uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await expect(findings.rows.first().getByRole("link")).not.toBeFocused();
});
