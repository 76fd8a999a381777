import { test as base, expect, expectAccessible } from "./fixtures.ts";
import { FindingsPage } from "./pages/findings-page.ts";
import { TrendsPage, written } from "./pages/trends-page.ts";

// Uploads that run beside these tests are not in this list.
const LIST = "status=active&source=inspector&severity=medium";
const CRITICAL = "status=active&severity=critical";

const test = base.extend<{ findings: FindingsPage }>({
  findings: async ({ page, api }, use) => {
    await use(new FindingsPage(page, api));
  },
});

test("three findings are suppressed by keyboard, leave the list, and come back by undo", async ({
  findings,
  page,
  signIn,
}) => {
  const userName = await signIn("lead");
  await findings.open(LIST);
  const before = await findings.ask(`${LIST}&limit=10`);
  const ids = before.items.map(({ id }) => id);
  await findings.press("k", () => expect(findings.rows.nth(0).getByRole("link")).toBeFocused({ timeout: 500 }));
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+X");
  const bar = page.getByRole("toolbar", { name: "3 selected findings" });
  await expect(bar).toBeVisible();
  await expectAccessible(page);

  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog", { name: "Suppress 3 findings" });
  await expect(dialog).toContainText("Hides 3 now:");
  await expectAccessible(page);
  await dialog.getByRole("textbox", { name: "Why is it not reachable?" }).fill("The port is closed.");
  await dialog.getByRole("button", { name: /^Suppress 3 until \d+ \w+/ }).click();

  await expect(dialog).toBeHidden();
  await expect(bar).toBeHidden();
  await findings.expectCount(before.total.count - 3);
  await expect.poll(() => findings.ids()).not.toContain(ids[0]);
  await expect(findings.rows.nth(0).getByRole("link")).toHaveAttribute("data-finding", ids[3] ?? "");
  const detail = await (await findings.api.get(`/api/v1/findings/${ids[0]}`)).json();
  expect(detail).toMatchObject({
    status: "suppressed",
    suppressions: [{ by: "person", grounds: "not-reachable", reason: "The port is closed.", userName }],
  });

  await page.keyboard.press("z");
  await findings.expectCount(before.total.count);
  await expect.poll(async () => (await findings.ids()).slice(0, 3)).toEqual(ids.slice(0, 3));
});

test("what is suppressed has left the list, the tile and the trend without a reload, and undo brings it back", async ({
  findings,
  page,
  api,
  signIn,
}) => {
  test.slow();
  const userName = await signIn("lead");
  await page.goto("/overview");
  await page.evaluate(() => Object.assign(window, { isSameDocument: true }));
  const tile = page.getByRole("region", { name: "Headlines" }).locator("a[href*='status=active'][href$='=critical']");
  const place = (name: string) => page.getByRole("navigation", { name: "Main" }).getByRole("link", { name });
  const trends = new TrendsPage(page, api);
  const listed = async () => (await findings.ask(`${CRITICAL}&limit=200`)).items.map((one) => one.id);
  // Beside this scans are read: they bring findings, and a trend is told up to where no writer is open.
  const expectAgreement = () =>
    expect(async () => {
      await place("Overview").click();
      const { count } = (await findings.ask(`${CRITICAL}&limit=1`)).total;
      await expect(tile).toHaveText(written(count), { timeout: 2_000 });
      await place("Trends").click();
      const today = (await trends.table("Open findings by severity")).getByRole("row").nth(1);
      await expect(today.getByRole("cell").first()).toHaveText(written(count), { timeout: 2_000 });
    }).toPass({ timeout: 45_000 });
  await expectAgreement();

  await place("Overview").click();
  await tile.click();
  const first = findings.rows.nth(0).getByRole("link");
  await expect(page).toHaveURL(/severity=critical/);
  await findings.press("k", () => expect(first).toBeFocused({ timeout: 500 }));
  const id = await first.getAttribute("data-finding");
  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog", { name: "Suppress 1 finding" });
  await expect(dialog).toContainText("Hides 1 now:");
  await dialog.getByRole("textbox", { name: "Why is it not reachable?" }).fill("The port is closed.");
  await dialog.getByRole("button", { name: /^Suppress 1 until/ }).click();
  await expect.poll(() => findings.ids()).not.toContain(id);
  await expect.poll(listed).not.toContain(id);
  await expectAgreement();

  await place("Findings").click();
  await page.getByRole("button", { name: "Decisions" }).click();
  const mine = page.getByRole("dialog", { name: "Decided lately" }).getByRole("listitem").filter({ hasText: userName });
  await mine.getByRole("button", { name: "Undo" }).click();
  await expect(mine).toContainText("undone by");
  expect(await listed()).toContain(id);
  await expectAgreement();
  expect(await page.evaluate(() => "isSameDocument" in window)).toBe(true);
});

test("all that match are previewed, and nothing is changed by looking", async ({ findings, page, signIn }) => {
  await signIn("lead");
  await findings.open(LIST);
  const { total } = await findings.ask(`${LIST}&limit=1`);
  await findings.rows.nth(0).getByRole("checkbox").click();
  await page.getByRole("button", { name: `All ${total.count.toLocaleString("en")}` }).click();
  await page.getByRole("button", { name: "Suppress" }).click();
  const dialog = page.getByRole("dialog", { name: `Suppress ${total.count.toLocaleString("en")} findings` });
  await expect(dialog).toContainText(`Hides ${total.count.toLocaleString("en")} now:`);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect((await findings.ask(`${LIST}&limit=1`)).total).toEqual(total);
});

test("who decides second is told who was first", async ({ findings, page, signIn }) => {
  await signIn("lead");
  // Of another list than the other tests count.
  const [finding] = (await findings.ask("status=active&source=inspector&severity=low&limit=1")).items;
  await page.goto(`/findings/${finding?.id}`);
  await page.getByRole("button", { name: "Suppress" }).click();
  const dialog = page.getByRole("dialog", { name: "Suppress 1 finding" });
  await expect(dialog).toContainText("Hides 1 now:");

  const act = { kind: "suppress", grounds: "false-alarm", until: "fix", reason: "First." };
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const draft = await findings.api.post("/api/v1/triage/drafts", {
    data: { act: { ...act, until }, findingIds: [finding?.id] },
  });
  const { id: draftId } = await draft.json();
  await findings.api.post("/api/v1/triage/decisions", { data: { draftId, act: { ...act, until } } });

  await dialog.getByRole("textbox", { name: "Why is it not reachable?" }).fill("Second.");
  await dialog.getByRole("button", { name: /^Suppress 1/ }).click();
  await expect(dialog.getByRole("alert")).toContainText("bootstrap decided about this finding");
  await findings.api.post(`/api/v1/triage/decisions/${draftId}/undo`);
});

test("a viewer is told that deciding is for other roles", async ({ findings, page, signIn }) => {
  await signIn("viewer");
  await findings.open(LIST);
  await findings.rows.nth(0).getByRole("checkbox").click();
  const suppress = page.getByRole("button", { name: "Suppress" });
  await expect(suppress).toHaveAttribute("aria-disabled", "true");
  await expect(suppress).toHaveAttribute("title", /needs the developer role/);
});
