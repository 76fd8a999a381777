import { readFile } from "node:fs/promises";
import { test as base, expect, expectAccessible } from "./fixtures.ts";
import { FindingsPage } from "./pages/findings-page.ts";

const test = base.extend<{ findings: FindingsPage }>({
  findings: async ({ page, api, signIn }, use) => {
    await signIn("viewer");
    await use(new FindingsPage(page, api));
  },
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test("columns are chosen by keyboard, and a file has exactly them", async ({ findings, page }) => {
      await findings.open("status=active&severity=critical");
      const heads = page.getByRole("columnheader");
      await expect(heads.filter({ hasText: "EPSS" })).toBeVisible();
      await page.getByRole("button", { name: "Columns", exact: true }).press("Enter");
      await expect(page.getByRole("menuitemcheckbox", { name: "EPSS" })).toBeVisible();
      await page.getByRole("menuitemcheckbox", { name: "Region" }).press("Enter");
      await expect(heads.filter({ hasText: "Region" })).toBeVisible();
      await page.getByRole("menuitemcheckbox", { name: "EPSS" }).click();
      await expect(heads.filter({ hasText: "EPSS" })).toHaveCount(0);
      await page.keyboard.press("Escape");
      await expect(page).toHaveURL(/columns=severity,finding,.*region/);
      await expectAccessible(page);

      await page.getByRole("button", { name: "Export" }).click();
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("menuitem", { name: "CSV" }).click(),
      ]);
      const [head] = (await readFile(await download.path(), "utf8")).split("\r\n");
      expect(head?.split(",")).toEqual(expect.arrayContaining(["id", "severity", "region"]));
      expect(head).not.toContain("epss");
    });
  });
}

test("one's columns are there again on the next list, until they are the usual ones", async ({ findings, page }) => {
  await findings.open("status=active&columns=severity,finding,account");
  const score = page.getByRole("columnheader", { name: "Score", exact: true });
  await page.getByRole("button", { name: "Columns", exact: true }).click();
  const [kept] = await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === "PUT"),
    page.getByRole("menuitemcheckbox", { name: "Score" }).click(),
  ]);
  expect(kept.status()).toBe(204);
  await findings.open("status=active&severity=high");
  await expect(score).toBeVisible();
  expect(page.url()).not.toContain("columns");
  await page.getByRole("button", { name: "Columns", exact: true }).click();
  await page.getByRole("menuitem", { name: "The usual columns" }).click();
  await expect(score).toHaveCount(0);
  await expect(page.getByRole("columnheader", { name: "Assignee" })).toBeVisible();
});

test("a view keeps its columns, for whoever opens it", async ({ findings, page, signIn }) => {
  await findings.open("status=active&columns=severity,finding,region");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Keep this list as a view…" }).click();
  const name = `By region ${Date.now()}`;
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("checkbox", { name: "Share it with everyone here" }).check();
  await page.getByRole("button", { name: "Keep the view" }).click();
  await expect(page).toHaveURL(/view=/);
  const address = `/views/${new URL(page.url()).searchParams.get("view")}`;
  await signIn("viewer");
  await page.goto(address);
  await expect(page.getByRole("button", { name })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Region" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "EPSS" })).toHaveCount(0);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("what was chosen stands in the card's last line, and rows stay where they belong", async ({
    findings,
    page,
  }) => {
    await findings.open("status=active&columns=severity,finding,resource,region,score");
    const first = findings.rows.first();
    await expect(first).toContainText("Region");
    await expect(first).toContainText("Score");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Columns", exact: true }).click();
    await page.getByRole("menuitemcheckbox", { name: "Closed" }).scrollIntoViewIfNeeded();
    await page.keyboard.press("Escape");
    await expect(async () => {
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
      expect(Number(await findings.rows.last().getAttribute("data-index"))).toBeGreaterThan(120);
    }).toPass({ timeout: 30_000 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });

  test("a card leaves out what is not known of its finding", async ({ findings }) => {
    // A package's finding is of no scan.
    await findings.open("status=active&type=package&columns=severity,finding,resource,region,scan");
    const card = findings.rows.first().getByRole("cell").last();
    await expect(card.getByText("Region")).toBeVisible();
    await expect(card.getByText("Scan")).toBeHidden();
    await expect(card.getByText("–")).toBeHidden();
  });
});
