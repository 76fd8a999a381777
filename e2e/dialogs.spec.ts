import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { test as base, expect, expectAccessible } from "./fixtures.ts";
import { FindingsPage } from "./pages/findings-page.ts";

// Of another list than tests beside these decide about; nothing is decided here.
const LIST = "status=active&source=inspector&severity=high";

const test = base.extend<{ findings: FindingsPage }>({
  findings: async ({ page, api, signIn }, use) => {
    await signIn("lead");
    await use(new FindingsPage(page, api));
  },
});

const ACTS = [
  [/^Assign/, /^Assign \d+ findings?$/],
  [/^Due/, /^Set when \d+ findings? (is|are) due$/],
  [/^Change severity/, /^Change the severity of 1 finding$/],
  [/^Suppress/, /^Suppress 1 finding$/],
  [/^Lift suppression/, /^Lift the suppression of 1 finding$/],
  [/^Comment/, /^Comment on 1 finding$/],
] as const;

const SCREENS = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

for (const colorScheme of ["light", "dark"] as const) {
  for (const viewport of SCREENS) {
    test.describe(`${viewport.width} px, ${colorScheme}`, () => {
      test.use({ colorScheme, viewport });

      test("every act's dialog can be read by everybody, holds the focus, and gives it back", async ({
        findings,
        page,
      }) => {
        test.slow();
        await findings.open(LIST);
        const row = findings.rows.nth(0).getByRole("link");
        await findings.press("k", () => expect(row).toBeFocused({ timeout: 500 }));
        await page.keyboard.press("x");
        const opener = page.getByRole("button", { name: "All acts (E)" });
        for (const [act, name] of ACTS) {
          await openMenu(page, opener);
          if (act === ACTS[0][0]) await expectMenuAccessible(page);
          await page.getByRole("menuitem", { name: act }).press("Enter");
          const dialog = page.getByRole("dialog", { name });
          await expect(dialog).toBeVisible();
          await expectFocusWithin(dialog);
          await expectAccessible(page);
          await page.keyboard.press("Escape");
          await expect(dialog).toHaveCount(0);
          await expect(opener).toBeFocused();
        }
      });

      test("the list's own menus can be read by everybody, and give the focus back", async ({ findings, page }) => {
        await findings.open(LIST);
        for (const name of [/^Views$/, /^Group by$/, /^Sorted by /, /^Columns$/, /^Export$/]) {
          const opener = page.getByRole("button", { name });
          await openMenu(page, opener);
          await expectMenuAccessible(page);
          await page.keyboard.press("Escape");
          await expect(page.getByRole("menu")).toHaveCount(0);
          await expect(opener).toBeFocused();
        }
        const decisions = page.getByRole("button", { name: "Decisions" });
        await decisions.press("Enter");
        const lately = page.getByRole("dialog", { name: "Decided lately" });
        await expect(lately).toBeVisible();
        await expectAccessible(page);
        await page.keyboard.press("Escape");
        await expect(lately).toHaveCount(0);
        await expect(decisions).toBeFocused();
      });

      test("a group's act opens its dialog, and its own page offers the same acts", async ({ findings, page }) => {
        await findings.open(`${LIST}&by=cve`);
        const opener = page.getByRole("button", { name: /^Decide about all findings of/ }).first();
        await openMenu(page, opener);
        await expectMenuAccessible(page);
        await page.getByRole("menuitem", { name: /^Suppress/ }).press("Enter");
        const dialog = page.getByRole("dialog", { name: /^Suppress \d+ findings?$/ });
        await expectFocusWithin(dialog);
        await expectAccessible(page);
        await page.keyboard.press("Escape");
        await expect(opener).toBeFocused();

        const [finding] = (await findings.ask(`${LIST}&limit=1`)).items;
        await page.goto(`/findings/${finding?.id}`);
        const more = page.getByRole("button", { name: "More acts" });
        await openMenu(page, more);
        await expectMenuAccessible(page);
        await page.getByRole("menuitem", { name: /^Comment/ }).press("Enter");
        await expectFocusWithin(page.getByRole("dialog", { name: "Comment on 1 finding" }));
        await page.keyboard.press("Escape");
        await expect(more).toBeFocused();
      });
    });
  }
}

/** A menu belongs to its button, not to a landmark; the guards around it hand the focus on in the moment they get it. */
async function expectMenuAccessible(page: Page): Promise<void> {
  await expect(page.locator("[aria-busy='true']")).toHaveCount(0);
  const axe = new AxeBuilder({ page }).exclude("[data-base-ui-focus-guard]").disableRules(["region"]);
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ target }) => target.join(" ")) }))).toEqual([]);
}

async function openMenu(page: Page, opener: Locator): Promise<void> {
  // Before the page's scripts run, a key has no effect.
  await expect(async () => {
    if ((await page.getByRole("menu").count()) === 0) await opener.press("Enter");
    await expect(page.getByRole("menu")).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expectFocusWithin(page.getByRole("menu"));
}

async function expectFocusWithin(what: Locator): Promise<void> {
  await expect
    .poll(() => what.evaluate((element) => element.contains(document.activeElement)), { timeout: 5_000 })
    .toBe(true);
}
