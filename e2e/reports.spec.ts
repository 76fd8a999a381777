import { readFile } from "node:fs/promises";
import { expect, expectAccessible, test } from "./fixtures.ts";

test("a lead makes a report of a month, opens its numbers and takes it along as files", async ({ page, signIn }) => {
  await signIn("lead");
  await page.goto("/reports");
  await page.getByRole("button", { name: "Make a report" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Make a report" });
  await dialog.getByLabel("Period").selectOption({ index: 0 });
  await dialog.getByRole("button", { name: "Make the report" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Security report: /);
  await expectAccessible(page);

  const open = page.getByRole("term").filter({ hasText: /^Open$/ });
  const value = await open.locator("xpath=..").getByRole("link").textContent();
  await open.locator("xpath=..").getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${value} findings`);
  await page.goBack();

  for (const [name, start] of [
    ["PDF", "%PDF-1.7"],
    ["HTML", "<!doctype html>"],
  ] as const) {
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name, exact: true }).click();
    expect((await readFile(await (await download).path(), "utf8")).startsWith(start)).toBe(true);
  }
});

test("a link opens one report without signing in, until it is revoked", async ({ page, signIn, api, browser }) => {
  const { id } = await (await api.post("/api/v1/reports", { data: { period: "last-30-days" } })).json();
  await signIn("admin");
  await page.goto(`/reports/${id}`);
  await page.getByRole("button", { name: "Share by link" }).click();
  const dialog = page.getByRole("dialog", { name: "Share by link" });
  await dialog.getByRole("button", { name: "Make a link for 14 days" }).click();
  const url = (await dialog.getByText(/\/shared\//).textContent()) ?? "";
  const isTooWide = await dialog.evaluate((box) => box.scrollWidth > box.clientWidth);
  expect(isTooWide, "the link is wider than its dialog").toBe(false);
  await expectAccessible(page);

  const stranger = await browser.newContext();
  const theirs = await stranger.newPage();
  await theirs.goto(url);
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText(/^Security report: 30 days/);
  await expect(theirs.locator('meta[name="robots"]')).toHaveAttribute("content", /noindex/);
  await expect(theirs.getByRole("link")).toHaveCount(0);
  await expectAccessible(theirs);
  await theirs.goto(`/reports/${id}`);
  await expect(theirs).toHaveURL(/sign-in/);

  await dialog.getByRole("button", { name: "Revoke" }).click();
  await expect(dialog.getByText(/revoked/)).toBeVisible();
  await theirs.goto(url);
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("This link was revoked");
  await stranger.close();
});

test("without a mail server the page says how to set one, and shows the e-mail all the same", async ({
  page,
  signIn,
  api,
}) => {
  const { id } = await (await api.post("/api/v1/reports", { data: { period: "last-7-days" } })).json();
  await signIn("lead");
  await page.goto("/reports");
  await expect(page.getByText("No mail server is set")).toBeVisible();
  await page.goto(`/reports/${id}`);
  await page.getByRole("button", { name: "Send by e-mail" }).click();
  const dialog = page.getByRole("dialog", { name: "Send by e-mail" });
  const mail = dialog.frameLocator("iframe");
  await expect(mail.getByRole("heading", { level: 1 })).toHaveText(/^Security report: 7 days/);
  await dialog.getByRole("button", { name: "Text" }).click();
  await expect(dialog.getByText(/The whole report is attached, and at/)).toBeVisible();
  await expectAccessible(page);
});

test("an admin who sets how long reports are kept is told before what goes", async ({ page, signIn, api }) => {
  await api.post("/api/v1/reports", { data: { period: "last-7-days" } });
  await signIn("admin");
  await page.goto("/reports");
  await page.getByLabel("After they were made").selectOption({ label: "3 months" });
  const dialog = page.getByRole("dialog", { name: "Keep reports for 3 months" });
  await expect(dialog.getByText("No report is older. Nothing is deleted now.")).toBeVisible();
  await expectAccessible(page);
  await expect(dialog.getByRole("button", { name: "Keep them for 3 months" })).toBeVisible();
  // It holds for everybody: other tests count on their reports.
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByLabel("After they were made")).toHaveValue("60");
});

test("a viewer reads reports and makes none", async ({ page, signIn, api }) => {
  const { id } = await (await api.post("/api/v1/reports", { data: { period: "last-30-days" } })).json();
  await signIn("viewer");
  await page.goto("/reports");
  await expect(page.getByRole("button", { name: "Make a report" })).toHaveCount(0);
  await page.goto(`/reports/${id}`);
  await expect(page.getByRole("link", { name: "PDF", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: /Share|Send|Delete/ })).toHaveCount(0);
});

for (const [width, scheme] of [
  [1440, "light"],
  [1440, "dark"],
  [390, "light"],
  [390, "dark"],
] as const) {
  test(`reports fit ${width} pixels in ${scheme}`, async ({ page, signIn, api }) => {
    const { id } = await (await api.post("/api/v1/reports", { data: { period: "last-30-days" } })).json();
    await signIn("lead");
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    for (const address of ["/reports", `/reports/${id}`]) {
      await page.goto(address);
      await expectAccessible(page);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(beyond).toBeLessThanOrEqual(0);
    }
  });
}
