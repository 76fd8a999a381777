import { test as base, expect, expectAccessible } from "./fixtures.ts";
import { FindingsPage } from "./pages/findings-page.ts";

const test = base.extend<{ findings: FindingsPage }>({
  findings: async ({ page, api, signIn }, use) => {
    await signIn("viewer");
    await use(new FindingsPage(page, api));
  },
});

test("a query is typed with completion, becomes chips, and a chip is changed in place", async ({ findings, page }) => {
  await findings.open();
  await findings.press("/", () => expect(findings.search).toBeFocused({ timeout: 500 }));
  await findings.search.pressSequentially("sev");
  await expect(page.getByRole("option", { name: /^severity:/ })).toBeVisible();
  // What is typed is searched for, too, once nothing more comes.
  await expect(page).toHaveURL(/q=sev/);
  await expectAccessible(page);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await findings.search.pressSequentially("high -fix:no ");
  await expect(page).toHaveURL(/severity=high/);
  await expect(page).toHaveURL(/-fixAvailable=no/);
  const { total } = await findings.ask("status=active&severity=high&-fixAvailable=no&limit=1");
  await findings.expectCount(total.count);

  await page.getByRole("button", { name: "Change filter: Severity is high" }).click();
  await expect(findings.search).toHaveValue("severity:high");
  await findings.search.pressSequentially(",critical");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Change filter: Severity is high, critical" })).toBeVisible();
  const both = await findings.ask("status=active&severity=high,critical&-fixAvailable=no&limit=1");
  await findings.expectCount(both.total.count);
});

test("what no filter can mean is told where it stands, and nothing is lost", async ({ findings, page }) => {
  await findings.open();
  await findings.search.fill("severity:terrible");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "severity cannot be terrible" })).toBeVisible();
  await expect(findings.search).toHaveValue("severity:terrible");
});

test("grouped by CVE, each number leads to its list, and a group opens in place", async ({ findings, page }) => {
  await findings.open();
  await page.getByRole("button", { name: "Group by" }).click();
  await page.getByRole("menuitemradio", { name: "CVE" }).click();
  await expect(page).toHaveURL(/by=cve/);
  const groups = page.getByRole("list", { name: "Findings by CVE" });
  const first = groups.getByRole("button").first();
  await first.click();
  await expect(first).toHaveAttribute("aria-expanded", "true");
  await expectAccessible(page);
  const link = groups.getByRole("link", { name: /open their list/ }).first();
  const count = Number((await link.textContent())?.replaceAll(",", "").match(/^\d+/)?.[0]);
  await link.click();
  await expect(page).toHaveURL(/cve=CVE-/);
  await findings.expectCount(count);
  await page.goBack();
  await expect(groups).toBeVisible();
});

test("a list is kept as a view, which has an address and can be what the list opens with", async ({
  findings,
  page,
}) => {
  await findings.open("status=active&severity=critical&sort=newest");
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Keep this list as a view…" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Newest critical");
  await page.getByRole("button", { name: "Keep the view" }).click();
  await expect(page).toHaveURL(/view=/);
  const id = new URL(page.url()).searchParams.get("view");
  await page.getByRole("button", { name: "Newest critical" }).click();
  await page.getByRole("menuitem", { name: "Open my list with it" }).click();
  await expect(page.getByText("Newest critical is what your list opens with.")).toBeVisible();

  await page.goto("/findings");
  await expect(page).toHaveURL(/severity=critical.*sort=newest|sort=newest.*severity=critical/);
  await page.goto(`/views/${id}`);
  await expect(page).toHaveURL(new RegExp(`view=${id}`));
  await page.getByRole("button", { name: "Remove filter: Severity is critical" }).click();
  await expect(page.getByRole("button", { name: "Newest critical, changed" })).toBeVisible();
});

test("⌘K goes to pages and findings by their names", async ({ findings, page }) => {
  await findings.open();
  const field = page.getByRole("combobox", { name: "View, page, scan, CVE, package or resource" });
  await findings.press("Control+k", () => expect(field).toBeVisible({ timeout: 500 }));
  await expectAccessible(page);
  await field.fill("curl");
  await page.getByRole("option", { name: /^curl Findings by package/ }).click();
  await expect(page).toHaveURL(/packageName=curl/);
  await expect(findings.rows.first()).toContainText("curl");
});
