import { expect, expectAccessible, test } from "./fixtures.ts";

test("a lead makes a team by a rule, sees what it matches before, and gives it days to fix", async ({
  page,
  api,
  signIn,
}) => {
  const { items } = await (await api.get("/api/v1/findings/groups?by=image&status=active&limit=1")).json();
  const repository: string = items[0].label;
  await signIn("lead");
  const name = `Team ${Date.now().toString(36)}`;
  const id = name.toLowerCase().replace(" ", "-");

  await page.goto("/settings/teams");
  await page.getByRole("button", { name: "Add a team" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a team" });
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByLabel("What rule 1 looks at").selectOption("image");
  await dialog.getByLabel("Matches").fill("no/such-*");
  await expect(dialog.getByText("These rules match nothing that is known so far.")).toBeVisible();
  await dialog.getByLabel("Matches").fill(repository);
  await expect(dialog.getByText(/^They match .* resources? in 1 account; open: /)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Add the team" }).click();
  const row = page.getByRole("row", { name: new RegExp(name) });
  await expect(row.getByRole("link")).not.toHaveText("0", { timeout: 30_000 });
  await expectAccessible(page);

  const open = (await row.getByRole("link").textContent()) ?? "";
  await row.getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`team=${id}`));
  await expect(page.getByText(new RegExp(`^${open} findings?$`)).first()).toBeVisible();

  await page.goto("/trends/sla");
  await page.getByRole("button", { name: /^(Set a|Change the) policy$/ }).click();
  const policy = page.getByRole("dialog", { name: /policy$/ });
  await policy.getByRole("button", { name: "Take days 1 away" }).click();
  await policy.getByRole("button", { name: "Add days for a team or an account" }).click();
  const added = policy.getByRole("group", { name: /^Days/ }).last();
  await added.getByLabel("For").selectOption({ label: name });
  for (const severity of ["Critical", "High", "Medium", "Low"]) await added.getByLabel(severity).fill("1");
  await expectAccessible(page);
  await policy.getByRole("button", { name: /^Put version \d+ in force$/ }).click();
  const days = page.getByRole("table", { name: /^Days by version/ }).first();
  await expect(days.getByRole("row", { name: new RegExp(`Team ${name}`) })).toContainText("1 d");

  // A change is told once nobody who could still write before it is at work.
  await expect(async () => {
    await page.reload();
    const late = page.getByRole("table", { name: "Overdue by team" }).getByRole("row", { name: new RegExp(name) });
    await expect(late.getByRole("link")).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await expectAccessible(page);
  const late = page.getByRole("table", { name: "Overdue by team" }).getByRole("row", { name: new RegExp(name) });
  const overdue = (await late.getByRole("link").textContent()) ?? "";
  await late.getByRole("link").click();
  await expect(page.getByText(new RegExp(`^${overdue} findings?$`)).first()).toBeVisible();

  const { versions } = await (await api.get("/api/v1/sla")).json();
  await api.put("/api/v1/sla", { data: { basedOn: versions[0].number, rules: [] } });
  await api.delete(`/api/v1/teams/${id}`);
});

test("who may not change teams and policies sees them all the same, on a small screen too", async ({
  page,
  signIn,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn("viewer");
  await page.goto("/settings/teams");
  await expect(page.getByRole("heading", { name: "Teams", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Add a team" })).toHaveCount(0);
  await expectAccessible(page);
  await page.goto("/trends/sla");
  await expect(page.getByRole("heading", { name: "Policy", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: /policy$/ })).toHaveCount(0);
  await expectAccessible(page);
});
