import { expect, expectAccessible, test } from "./fixtures.ts";

test("an admin sees the sample's connections and what each pass did", async ({ page, signIn }) => {
  await signIn("admin");
  await page.goto("/settings/sources");
  await expect(
    page.getByRole("table", { name: "Connections" }).getByRole("row", { name: /Sample organisation/ }),
  ).toHaveCount(3);
  await expect(
    page
      .getByRole("table", { name: "Latest syncs" })
      .getByRole("row", { name: /Inspector.*Complete/s })
      .first(),
  ).toBeVisible();
  await expectAccessible(page);
});

test("connecting AWS names each field that is wrong, and offers the role's template", async ({ page, signIn }) => {
  await signIn("admin");
  await page.goto("/settings/sources");
  await page.getByRole("button", { name: "Connect AWS" }).click();
  const dialog = page.getByRole("dialog", { name: "Connect AWS" });
  await dialog.getByLabel("Name").fill("production");
  await dialog.getByLabel("Regions").fill("Frankfurt");
  await dialog.getByLabel("Role to assume").fill("SightlineRead");
  await dialog.getByRole("button", { name: "Connect and test" }).click();
  await expect(dialog.getByText(/An AWS region, as in eu-west-1/)).toBeVisible();
  await expect(dialog.getByText(/An IAM role ARN, as in/)).toBeVisible();
  await expectAccessible(page);
  const template = await page.request.get("/api/v1/connections/role-template");
  expect(await template.text()).toContain("inspector2:ListFindings");
});

test("an invited developer signs in by the link, once", async ({ page, signIn, browser }) => {
  await signIn("admin");
  await page.goto("/settings/people");
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByRole("radio", { name: /Developer/ }).check();
  await page.getByRole("button", { name: "Make the link" }).click();
  const link =
    (await page
      .getByRole("dialog")
      .getByText(/\/sign-in\//)
      .textContent()) ?? "";
  await expectAccessible(page);

  const context = await browser.newContext();
  const guest = await context.newPage();
  await guest.goto(link);
  await expectAccessible(guest);
  await guest.getByLabel("User name").fill(`dev-${Date.now().toString(36)}`);
  await guest.getByRole("button", { name: "Sign in" }).click();
  await expect(guest).toHaveURL(/\/overview$/);
  await guest.goto("/settings/people");
  await expect(guest.getByRole("heading", { name: "People" })).toHaveCount(0);
  await guest.goto(link);
  await expect(guest.getByText("This link does not work")).toBeVisible();
  await context.close();
});

test("a token is shown once, works for what it may, and is dead when revoked", async ({
  page,
  signIn,
  playwright,
  baseURL,
}) => {
  await signIn("developer");
  await page.goto("/settings/tokens");
  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("pipeline");
  await dialog.getByLabel("scans:read").check();
  await dialog.getByRole("button", { name: "Make the token" }).click();
  const token = (await dialog.getByText(/^slt_/).textContent()) ?? "";
  await dialog.getByRole("button", { name: "Done" }).click();
  const ask = async (path: string) => {
    const context = await playwright.request.newContext({
      baseURL,
      extraHTTPHeaders: { authorization: `Bearer ${token}` },
    });
    const status = (await context.get(path)).status();
    await context.dispose();
    return status;
  };
  expect(await ask("/api/v1/scans")).toBe(200);
  expect(await ask("/api/v1/findings")).toBe(403);
  await page
    .getByRole("row", { name: /pipeline/ })
    .getByRole("button", { name: "Revoke" })
    .click();
  await expect(page.getByRole("row", { name: /pipeline.*Revoked/s })).toBeVisible();
  expect(await ask("/api/v1/scans")).toBe(401);
});
