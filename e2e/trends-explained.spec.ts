import { test as base, expect, expectAccessible } from "./fixtures.ts";
import { sumOf, TrendsPage, written } from "./pages/trends-page.ts";

const OPEN = "Open findings by severity";
const BACKLOG = "Backlog, and where it goes";
const DAYS = "from=2026-06-01&to=2026-06-30";

const test = base.extend<{ trends: TrendsPage }>({
  trends: async ({ page, api }, use) => {
    await use(new TrendsPage(page, api));
  },
});

test("a lead notes a release, reads it at its day, changes it and takes it back", async ({ trends, page, signIn }) => {
  const lead = await signIn("lead");
  const text = `Base image for ${lead}`;
  await trends.open(DAYS);
  const chart = trends.chart(OPEN);
  const list = chart.getByRole("list", { name: "Annotations" });
  const dialog = page.getByRole("dialog");
  await expect(async () => {
    if (!(await dialog.isVisible())) await chart.getByRole("button", { name: "Annotate a day" }).click();
    await expect(dialog).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await dialog.getByLabel("Day", { exact: true }).fill("2026-06-30");
  await dialog.getByLabel("What happened").fill(text);
  await dialog.getByLabel("Link").fill("https://ci.example.com/run/1");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Annotate the day" }).click();
  await expect(list.getByRole("link", { name: text })).toHaveAttribute("href", "https://ci.example.com/run/1");
  await expect(dialog).toBeHidden();

  await chart.getByRole("slider").focus();
  await page.keyboard.press("End");
  await expect(chart.getByRole("status")).toContainText(`Release: ${text}`);

  await list.getByRole("button", { name: `Change ${text}` }).click();
  await dialog.getByLabel("Incident").check();
  await dialog.getByRole("button", { name: "Save the annotation" }).click();
  await expect(list.getByRole("listitem").filter({ hasText: text })).toContainText("Incident");

  await expect(dialog).toBeHidden();
  await list.getByRole("button", { name: `Change ${text}` }).click();
  await dialog.getByRole("button", { name: "Delete it" }).click();
  await expect(page.getByText(text)).toHaveCount(0);
});

test("who may not note reads what others noted", async ({ trends, api, signIn }) => {
  const text = "Registry down";
  const made = await api.post("/api/v1/annotations", { data: { day: "2026-06-12", kind: "incident", text } });
  const { id } = await made.json();
  await signIn("viewer");
  await trends.open(DAYS);
  const chart = trends.chart(OPEN);
  await expect(chart.getByRole("listitem").filter({ hasText: text })).toContainText("Incident");
  await expect(chart.getByRole("button", { name: /^(Annotate|Change)/ })).toHaveCount(0);
  await api.delete(`/api/v1/annotations/${id}`, { data: {} });
});

test("two periods lie on each other: the difference is theirs, and each total opens its list", async ({
  trends,
  page,
  signIn,
}) => {
  await signIn("viewer");
  await trends.open(`${DAYS}&compare=days&compareFrom=2026-04-01`);
  const rows = page.getByRole("table", { name: /^Differences/ }).getByRole("row");
  const after = rows.filter({ hasText: "Open after the last day" });
  const [now, before] = [await trends.ask(DAYS), await trends.ask("from=2026-04-01&to=2026-04-30")];
  const [a, b] = [sumOf(now.days.at(-1)?.open ?? {}), sumOf(before.days.at(-1)?.open ?? {})];
  await expect(after.getByRole("cell").nth(0)).toHaveText(written(a));
  await expect(after.getByRole("cell").nth(1)).toHaveText(written(b));
  for (const [index, count] of [a, b].entries()) {
    const address = await after.getByRole("link").nth(index).getAttribute("href");
    expect(await trends.countListed(address ?? "")).toBe(count);
  }
});

test("what is compared is chosen on the page, stays in the address, and ends", async ({ trends, page, signIn }) => {
  await signIn("viewer");
  await trends.open(DAYS);
  const severities = page.getByRole("radio", { name: "Two severities" });
  await expect(async () => {
    if (!(await severities.isVisible())) await page.getByRole("button", { name: "Compare", exact: true }).click();
    await expect(severities).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await severities.check();
  await page.getByLabel("This one").selectOption({ label: "High" });
  await page.getByLabel("Against", { exact: true }).selectOption({ label: "Low" });
  await page.getByRole("button", { name: "Compare these" }).click();
  await expect(page).toHaveURL(/compare=severity&a=high&b=low/);
  await expect(trends.chart("Compared")).toContainText("High, solid; Low, dashed");
  await expectAccessible(page);
  await trends.chart("Compared").getByRole("button", { name: "End the comparison" }).click();
  await expect(trends.chart("Compared")).toHaveCount(0);
});

test("each week of the backlog opens its list, and what is expected is told as a range", async ({
  trends,
  page,
  signIn,
}) => {
  await signIn("viewer");
  await trends.open();
  const table = await trends.table(BACKLOG);
  const weeks = table.getByRole("row").filter({ has: page.getByRole("link") });
  for (const index of [0, 3]) {
    const link = weeks.nth(index).getByRole("link");
    expect(written(await trends.countListed((await link.getAttribute("href")) ?? ""))).toBe(await link.textContent());
  }
  await expect(table.getByRole("rowheader").filter({ hasText: "Expected" })).toHaveCount(12);
});

test("what changed most opens the findings that moved there", async ({ trends, page, signIn }) => {
  await signIn("viewer");
  await trends.open("range=90d&movers=cve");
  const rows = page.getByRole("table", { name: /^What changed most/ }).getByRole("row");
  const row = rows.nth(1);
  await expect(row).toContainText(/CVE-/);
  const [added, taken] = await row.getByRole("cell").allTextContents();
  const address = await row.getByRole("link").last().getAttribute("href");
  const listed = await trends.countListed(address ?? "");
  expect(listed).toBeGreaterThan(0);
  // A finding that moved twice is on the list once.
  expect(listed).toBeLessThanOrEqual(Number(added?.replace(",", "")) + Number(taken?.replace(",", "")));
});

for (const timezoneId of ["Pacific/Auckland", "Pacific/Honolulu"]) {
  test.describe(`read in ${timezoneId}`, () => {
    test.use({ timezoneId });

    test("what is noted at a day, and what is expected at one, stand at those days of UTC", async ({
      trends,
      api,
      signIn,
    }) => {
      const text = `Read in ${timezoneId}`;
      const made = await api.post("/api/v1/annotations", { data: { day: "2026-06-01", kind: "other", text } });
      const { id } = await made.json();
      await signIn("viewer");
      await trends.open(DAYS);
      const noted = trends.chart(OPEN).getByRole("listitem").filter({ hasText: text });
      await expect(noted.getByRole("time")).toHaveText("1 Jun 2026");
      const { days } = await (
        await api.get(`/api/v1/trends/forecast?to=${new URLSearchParams(DAYS).get("to")}`)
      ).json();
      const table = await trends.table(BACKLOG);
      await expect(table.getByRole("rowheader").first()).toHaveText(`${days.at(-1).day}Expected`);
      await api.delete(`/api/v1/annotations/${id}`, { data: {} });
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("all of it fits, lines and comparison too, and is accessible", async ({ trends, page, signIn }) => {
    await signIn("lead");
    await trends.open(`${DAYS}&shape=lines&compare=before`);
    await expect(page.getByRole("table", { name: /^What changed most/ })).toBeVisible();
    await expect(page.getByRole("table", { name: /^Differences/ })).toBeVisible();
    await expectAccessible(page);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });
});
