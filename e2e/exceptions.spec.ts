import { expect, expectAccessible, test } from "./fixtures.ts";

type Page = { items: { accountId: string }[]; total: { count: number } };

// Trends are told up to the moment below which no writer is open, and beside this scans are read.
const SETTLED = { timeout: 45_000 };

test("a rule made of the list's filter hides what matches, everywhere at once, until it is ended", async ({
  page,
  api,
  signIn,
}) => {
  test.slow();
  const userName = await signIn("lead");
  const ask = async (query: string): Promise<Page> => (await api.get(`/api/v1/findings?${query}`)).json();
  const [first] = (await ask("status=active&source=inspector&severity=low&limit=1")).items;
  const filter = `severity=low&accountId=${first?.accountId}`;
  const { count } = (await ask(`status=active&${filter}&limit=1`)).total;
  const openOf = async (): Promise<number> => {
    const today = new Date().toISOString().slice(0, 10);
    const trends = await (await api.get(`/api/v1/trends?from=${today}&to=${today}&${filter}&by=severity`)).json();
    return trends.days.at(-1).open.low ?? 0;
  };
  await expect.poll(openOf, SETTLED).toBe(count);

  await page.goto(`/findings?status=active&${filter}`);
  await page.getByRole("button", { name: "Views" }).click();
  await page.getByRole("menuitem", { name: "Make an exception of this filter…" }).click();
  const dialog = page.getByRole("dialog", { name: "Make an exception of a filter" });
  await expect(dialog.getByRole("textbox", { name: "Findings that match" })).toHaveValue(
    `account:${first?.accountId} severity:low`,
  );
  await expect(dialog).toContainText(`Hides ${count} now:`);
  await expect(dialog).toContainText("in the last 90 days");
  await expectAccessible(page);
  await dialog.getByRole("textbox", { name: "Why" }).fill("They wait for the yearly rebuild.");
  await dialog.getByRole("button", { name: /^Make the rule until \d+ \w+/ }).click();

  await expect(dialog).toBeHidden();
  const row = page.getByRole("row").filter({ hasText: `account:${first?.accountId}` });
  await expect(row.getByRole("link", { name: String(count), exact: true })).toBeVisible();
  await expect(row).toContainText(userName);
  await expect.poll(async () => (await ask(`status=active&${filter}&limit=1`)).total.count).toBe(0);
  await expect.poll(openOf, SETTLED).toBe(0);
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page);
  await page.setViewportSize({ width: 1440, height: 900 });

  await row.getByRole("link", { name: String(count), exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${count} ${count === 1 ? "finding" : "findings"}`);
  await expect(page.getByRole("row").nth(1)).toContainText("A rule");
  await page.goBack();

  await row.getByRole("button", { name: "Acts on this exception" }).click();
  await page.getByRole("menuitem", { name: "End…" }).click();
  const ending = page.getByRole("dialog", { name: "End this exception" });
  await ending.getByRole("textbox", { name: "Why" }).fill("The rebuild is done.");
  await ending.getByRole("button", { name: "End the exception" }).click();
  await expect(ending).toBeHidden();
  await expect.poll(async () => (await ask(`status=active&${filter}&limit=1`)).total.count).toBe(count);
  await expect.poll(openOf, SETTLED).toBe(count);
});

test("a rule of Inspector's own opens the form filled, with what of it is not carried over", async ({
  page,
  signIn,
}) => {
  await signIn("lead");
  await page.goto("/exceptions");
  const opener = page.getByRole("button", { name: "Make it a rule of ours…" }).first();
  await opener.click();
  const dialog = page.getByRole("dialog", { name: "Make Inspector’s rule one of ours" });
  await expect(dialog.getByRole("textbox", { name: "Findings that match" })).toHaveValue(/account:\d{12}.* region:/);
  await expect(dialog).toContainText(/Not carried over as it stands there:\s*title =/);
  await expect(dialog.getByRole("region", { name: "What it would hide" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();
});

test("whoever may not decide sees the exceptions and makes none", async ({ page, signIn }) => {
  await signIn("viewer");
  await page.goto("/exceptions?make=severity%3Dlow");
  await expect(page.getByRole("heading", { name: "Exceptions", level: 1 })).toBeVisible();
  await expect(page.getByRole("region", { name: "Rules", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Make a rule" })).toHaveCount(0);
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
