import type { Page } from "@playwright/test";
import { test as base, expect } from "./fixtures.ts";
import { FindingsPage } from "./pages/findings-page.ts";

// Of another list than tests beside these decide about.
const LIST = "status=active&source=inspector&severity=high";

type Fixtures = {
  findings: FindingsPage;
  /** Opens the list for a person of this role, the keyboard on its first row. */
  begin: (role: "viewer" | "developer" | "lead") => Promise<void>;
};
const test = base.extend<Fixtures>({
  findings: async ({ page, api }, use) => {
    await use(new FindingsPage(page, api));
  },
  begin: async ({ findings, signIn }, use) => {
    await use(async (role) => {
      await signIn(role);
      await findings.open(LIST);
      await findings.press("k", () => expect(row(findings, 0)).toBeFocused({ timeout: 500 }));
    });
  },
});

const row = (findings: FindingsPage, index: number) => findings.rows.nth(index).getByRole("link");
const said = (page: Page, words: string | RegExp) => page.getByRole("status").filter({ hasText: words });
const hasFocusWithin = (page: Page, role: string) =>
  expect(page.locator(`[role=${role}]:focus-within, [role=${role}]:focus`)).toBeVisible();

const HELP = [
  ["/", "Search"],
  ["jk", "Next, previous finding"],
  ["Entero", "Open the finding"],
  ["Esc", "Close the finding, then clear the selection"],
  ["xX", "Select the finding, select up to it"],
  ["e", "All acts on what is selected"],
  ["ads", "Assign, set due, suppress"],
  ["vuc", "Change severity, lift suppression, comment"],
  ["z", "Undo the last act"],
  ["i", "By issue, or each finding by itself"],
  ["[", "Filters on or off"],
  ["]", "Panel on or off"],
  ["gf", "Go to Findings"],
  ["gt", "Go to Trends"],
  ["?", "This list"],
];
test("the help tells every key of the list, takes the focus, and gives it back", async ({ findings, page, begin }) => {
  await begin("viewer");
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard" });
  await expect(help).toBeVisible();
  await hasFocusWithin(page, "dialog");
  const lines = await help
    .locator("dl > div")
    .evaluateAll((all) => all.map((one) => [...one.children].map((part) => part.textContent)));
  expect(lines).toEqual(expect.arrayContaining(HELP));
  await page.keyboard.press("j");
  await page.keyboard.press("Escape");
  await expect(help).toHaveCount(0);
  await expect(row(findings, 0)).toBeFocused();
});

const ACTS = [
  ["a", /^Assign \d+ findings?$/],
  ["d", /^Set when \d+ findings? (is|are) due$/],
  ["s", /^Suppress 1 finding$/],
  ["v", /^Change the severity of 1 finding$/],
  ["u", /^Lift the suppression of 1 finding$/],
  ["c", /^Comment on 1 finding$/],
] as const;
test("each act's letter begins it about the row that the keyboard is on, and changes nothing by itself", async ({
  findings,
  page,
  begin,
}) => {
  await begin("lead");
  for (const [key, name] of ACTS) {
    await page.keyboard.press(key);
    await expect(page.getByRole("dialog", { name })).toBeVisible();
    await hasFocusWithin(page, "dialog");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(row(findings, 0)).toBeFocused();
  }
  await findings.expectCount((await findings.ask(`${LIST}&limit=1`)).total.count);
});

test("what is selected is said as it grows, its menu opens under the keyboard, and Escape lets go of it", async ({
  page,
  begin,
}) => {
  await begin("lead");
  await page.keyboard.press("x");
  await expect(said(page, "1 selected")).toHaveCount(1);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+X");
  await expect(said(page, "3 selected")).toHaveCount(1);
  await page.keyboard.press("e");
  const menu = page.getByRole("menu");
  await expect(menu.getByRole("menuitem")).toHaveText([/^Assign/, /^Due/, /^Change/, /^Suppress/, /^Lift/, /^Comment/]);
  await hasFocusWithin(page, "menu");
  await page.keyboard.press("Escape");
  await expect(menu).toHaveCount(0);
  await expect(said(page, "3 selected")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(said(page, "Nothing selected")).toHaveCount(1);
});

test("while a finding is open, the next and the previous one are said with their place", async ({
  findings,
  page,
  begin,
}) => {
  await begin("viewer");
  const { items, total } = await findings.ask(`${LIST}&limit=2`);
  const place = (index: number) => `${index + 1} of ${total.count.toLocaleString("en")} ${items[index]?.title}`;
  const announced = findings.panel.locator(":scope > [role=status]");
  await page.keyboard.press("]");
  await expect(findings.panel.getByRole("heading", { level: 2 })).toBeFocused();
  await expect(announced).toHaveText(place(0));
  await page.keyboard.press("j");
  await expect(announced).toHaveText(place(1));
  await page.keyboard.press("k");
  await expect(announced).toHaveText(place(0));
  await page.keyboard.press("]");
  await expect(findings.panel).toHaveCount(0);
  await expect(row(findings, 0)).toBeFocused();
});

test("the last act is undone by its key, which says so, and says when there is none", async ({ page, begin }) => {
  await begin("developer");
  const news = page.getByRole("list", { name: "Notifications" });
  await expect(news).toHaveAttribute("aria-live", "polite");
  await page.keyboard.press("z");
  await expect(news).toContainText("There is nothing to undo here");
  await page.keyboard.press("c");
  await page.getByRole("dialog").getByRole("textbox", { name: "Comment" }).fill("Seen.");
  await page.getByRole("dialog").getByRole("button", { name: "Comment on 1" }).click();
  await expect(news).toContainText("Commented on 1 finding");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("z");
  await expect(news).toContainText("Undone");
});

test("a letter for what the role may not do says which role may", async ({ page, begin }) => {
  await begin("developer");
  await page.keyboard.press("s");
  await expect(page.getByRole("alert").filter({ hasText: "Suppress: needs the lead role" })).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("facets come and go by their key, which is said; where there is no room they are a sheet", async ({
  findings,
  page,
  begin,
}) => {
  await begin("viewer");
  await page.keyboard.press("[");
  await expect(findings.facet(/High/)).toHaveCount(0);
  await expect(said(page, "Filters hidden")).toHaveCount(1);
  await page.keyboard.press("[");
  await expect(findings.facet(/High/)).toBeVisible();
  await expect(said(page, "Filters shown")).toHaveCount(1);
  await page.setViewportSize({ width: 1000, height: 800 });
  await expect(findings.facet(/High/)).toBeHidden();
  await page.keyboard.press("[");
  await expect(page.getByRole("dialog", { name: "Filters" })).toBeVisible();
});

test("one key groups by issue, which is said, and takes it back", async ({ findings, page, begin }) => {
  await begin("viewer");
  await page.keyboard.press("i");
  await expect(page.getByRole("list", { name: "Findings by issue" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/findings? by issue$/);
  await page.keyboard.press("i");
  await expect(findings.rows.first()).toBeVisible();
});

test("two letters go to a page, whose name is read out", async ({ page, begin }) => {
  await begin("viewer");
  for (const name of ["Trends", "Findings"]) {
    await page.keyboard.press("g");
    await page.keyboard.press(name.charAt(0).toLowerCase());
    await expect(page).toHaveURL(new RegExp(`/${name.toLowerCase()}`));
    await expect(page.locator("next-route-announcer [aria-live]")).toContainText(new RegExp(name, "i"));
  }
});

test("what is typed into a field is text, whatever letters it has", async ({ findings, page, begin }) => {
  const LETTERS = "jkxXeascudviz/?[]ogfgt";
  await begin("lead");
  await page.keyboard.press("/");
  await expect(findings.search).toBeFocused();
  await findings.search.pressSequentially(LETTERS);
  await expect(findings.search).toHaveValue(LETTERS);
  await findings.search.fill("");
  await findings.expectCount((await findings.ask(`${LIST}&limit=1`)).total.count);
  await page.keyboard.press("Escape");
  await page.keyboard.press("k");
  await page.keyboard.press("c");
  const text = page.getByRole("dialog").getByRole("textbox", { name: "Comment" });
  await text.pressSequentially(LETTERS);
  await expect(text).toHaveValue(LETTERS);
  await expect(page.getByRole("dialog")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(said(page, "Nothing selected")).toHaveCount(1);
  await expect(findings.panel).toHaveCount(0);
  await expect(page).toHaveURL(/\/findings\?/);
});
