import { gzipSync } from "node:zlib";
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

    test("the list, an open finding and its own page are accessible", async ({ findings, page }) => {
      await findings.open();
      await expectAccessible(page);
      await findings.rows.first().click();
      await expect(findings.panel.getByRole("heading", { name: "Timeline" })).toBeVisible();
      await expectAccessible(page);
      await page.goto(`/findings/${(await findings.ask("status=active&type=code&limit=1")).items[0]?.id}`);
      await expect(page.getByRole("heading", { name: "Timeline" })).toBeVisible();
      await expectAccessible(page);
    });
  });
}

test("a chosen theme is in the server's answer, so that no other one flashes", async ({ findings, page }) => {
  await findings.open();
  await page.getByRole("button", { name: "Switch between light and dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const document = await page.request.get(page.url());
  expect(await document.text()).toMatch(/<html[^>]* data-theme="dark"/);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("rows are cards, filters come as a sheet, a finding fills the screen", async ({ findings, page }) => {
    await findings.open();
    await expectAccessible(page);
    await page.getByRole("button", { name: /^Filters/ }).click();
    const sheet = page.getByRole("dialog", { name: "Filters" });
    await sheet.getByRole("checkbox", { name: /Medium/ }).check();
    const { total } = await findings.ask("status=active&severity=medium&limit=1");
    await sheet.getByRole("button", { name: `Show ${total.count.toLocaleString("en")}` }).click();
    await expect(findings.rows.first()).toContainText("Medium");

    await findings.rows.first().click();
    await expect(findings.panel).toBeVisible();
    await expect.poll(async () => (await findings.panel.boundingBox())?.width).toBe(390);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Close (Esc)" }).click();
    await expect(findings.panel).toHaveCount(0);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });

  test("the page itself scrolls, and more rows come", async ({ findings, page }) => {
    await findings.open();
    await expect(async () => {
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
      const last = await findings.rows.last().getAttribute("data-index");
      expect(Number(last)).toBeGreaterThan(150);
    }).toPass({ timeout: 30_000 });
  });
});

test("a cold load of the list fetches no more script than it has to", async ({ findings: { page } }) => {
  const bodies: Promise<Buffer>[] = [];
  page.on("response", (response) => {
    if (new URL(response.url()).pathname.endsWith(".js")) bodies.push(response.body());
  });
  await page.goto("/findings?status=active", { waitUntil: "networkidle" });
  const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).byteLength);
  expect(sizes.length).toBeGreaterThan(3);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(200_000);
});
