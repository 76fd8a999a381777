import { readFile } from "node:fs/promises";
import { expect, expectAccessible, test } from "./fixtures.ts";

type Listed = { total: { count: number } };

test.beforeEach(({ signIn }) => signIn("viewer"));

test("the largest fix opens to its command and to exactly the findings that it closes", async ({ page, api }) => {
  await page.goto("/overview");
  await page.getByRole("region", { name: "Fix first" }).getByRole("link", { name: "All fixes" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Fixes");
  const { items } = await (await api.get("/api/v1/fixes?limit=1")).json();
  const [fix] = items;
  const row = page.getByRole("list").filter({ has: page.getByRole("button", { expanded: false }) });
  await row.getByRole("button").first().click();
  await expectAccessible(page);
  await page.getByRole("link", { name: /^Show the [\d,]+ findings? that it closes$/ }).click();
  const list: Listed = await (await api.get(`/api/v1/findings?${fix.filter}&limit=1`)).json();
  expect(list.total.count).toBe(fix.findings);
  const words = `${fix.findings.toLocaleString("en")} finding${fix.findings === 1 ? "" : "s"}`;
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words);
});

test("a filter of the list narrows fixes, stays in the address, and is said where it cannot", async ({ page, api }) => {
  await page.goto("/findings/fixes?severity=critical&status=closed");
  await expect(page.getByText(/Left out of the filter/)).toContainText("closed");
  await expect(page.getByRole("button", { name: "Change filter: Severity is critical" })).toBeVisible();
  const { items } = await (await api.get("/api/v1/fixes?severity=critical&limit=1")).json();
  const first = page.getByRole("main").locator("ol > li").first();
  await expect(first).toContainText(items[0].findings.toLocaleString("en"));
  await page.getByRole("button", { name: "Remove filter: Severity is critical" }).click();
  await expect(page).not.toHaveURL(/severity/);
});

test("the list leads to its own fixes, and they are had as a file", async ({ page, api }) => {
  await page.goto("/findings?status=active&severity=high");
  await page.getByRole("button", { name: "Group by" }).click();
  await page.getByRole("menuitem", { name: /^By fix/ }).click();
  await expect(page).toHaveURL(/\/findings\/fixes\?severity=high$/);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "CSV" }).click(),
  ]);
  const [, first = ""] = (await readFile(await download.path(), "utf8")).split("\r\n");
  const { items } = await (await api.get("/api/v1/fixes?severity=high&limit=1")).json();
  expect(first).toContain(items[0].kind);
});

test("the columns of an export are chosen, and its rows are counted as they come", async ({ page, api }) => {
  await page.goto("/findings?status=active&severity=critical");
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "Choose columns…" }).click();
  const dialog = page.getByRole("dialog", { name: "Export this list" });
  await expect(dialog.getByRole("checkbox", { name: "Severity" })).toBeChecked();
  await expect(dialog.getByRole("checkbox", { name: "Region" })).not.toBeChecked();
  await expectAccessible(page);
  await dialog.getByRole("checkbox", { name: "Region" }).check();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: /^Export [\d,]+ findings?$/ }).click(),
  ]);
  const [head, ...lines] = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
  const list: Listed = await (await api.get("/api/v1/findings?status=active&severity=critical&limit=1")).json();
  expect(lines).toHaveLength(list.total.count);
  expect(head?.split(",")).toEqual(expect.arrayContaining(["id", "severity", "region"]));
  await expect(dialog).toBeHidden();
});
