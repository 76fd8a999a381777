import { test as base, expect, expectAccessible } from "./fixtures.ts";

type Team = { id: string; name: string };
type Fixtures = {
  /** Makes a team with one function, whose rules are carried out; it is deleted with the test. */
  aTeam: (members: string[]) => Promise<Team>;
};

// Of the teams that match a place the first has it: each worker has a place of its own.
const test = base.extend<Fixtures>({
  aTeam: async ({ api }, use, { parallelIndex }) => {
    const made: string[] = [];
    await use(async (members) => {
      const { items } = await (await api.get("/api/v1/findings/groups?by=function&status=active&limit=200")).json();
      const names: string[] = items.map(({ label }: { label: string }) => label).sort();
      const name = `Crew ${Date.now().toString(36)}-${parallelIndex}`;
      const rules = [{ kind: "function", pattern: names[parallelIndex] }];
      const { id } = await (await api.post("/api/v1/teams", { data: { name, rules, members } })).json();
      made.push(id);
      await expect(async () => {
        const { total } = await (await api.get(`/api/v1/findings?status=active&team=${id}&limit=1`)).json();
        expect(total.count).toBeGreaterThan(0);
      }).toPass({ timeout: 30_000 });
      return { id, name };
    });
    for (const id of made) await api.delete(`/api/v1/teams/${id}`);
  },
});

test("a lead makes a team by a rule, sees what it matches before, and gives it days to fix", async ({
  page,
  api,
  signIn,
}) => {
  const { items } = await (await api.get("/api/v1/findings/groups?by=image&status=active&limit=8")).json();
  const repository: string = items[test.info().parallelIndex].label;
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

test("a member chooses their team once: pages, numbers and the next visit follow it, and what does not says so", async ({
  page,
  aTeam,
  signIn,
}) => {
  const userName = await signIn("viewer");
  const { id, name } = await aTeam([userName]);
  await page.goto("/overview");
  await page.getByRole("button", { name: "Whose findings: All teams" }).click();
  await expect(page.getByRole("menuitemradio", { name: "All teams" })).toHaveAttribute("aria-checked", "true");
  await page.getByRole("menuitemradio", { name: "My team" }).click();
  await expect(page).toHaveURL(new RegExp(`/overview\\?team=${id}$`));
  await expect(page.getByRole("button", { name: `Whose findings: ${name}` })).toBeVisible();
  await expect(page.getByText(`${name}.`)).toBeVisible();
  const overdue = `/findings?status=active&team=${id}&due=overdue&sort=due`;
  await expect(page.getByRole("region", { name: "Headlines" }).locator(`a[href="${overdue}"]`)).toBeVisible();
  await expectAccessible(page);

  const open = page.getByRole("table", { name: "Open findings by severity and source" }).getByRole("row").last();
  const total = open.locator(`a[href="/findings?status=active&team=${id}"]`);
  const count = (await total.textContent()) ?? "";
  await total.click();
  await expect(page.getByText(new RegExp(`^${count} findings?$`)).first()).toBeVisible();

  const rail = page.getByRole("navigation", { name: "Main", exact: true });
  await rail.getByRole("link", { name: "Coverage" }).click();
  await expect(page).toHaveURL(new RegExp(`/coverage\\?team=${id}$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Coverage");
  await expectAccessible(page);
  await rail.getByRole("link", { name: "Exceptions" }).click();
  await expect(page.getByText(/^Exceptions are of all teams\./)).toBeVisible();
  await expectAccessible(page);
  for (const address of ["/trends", "/trends/sla", "/findings/fixes"]) {
    await page.goto(address);
    await expect(page).toHaveURL(new RegExp(`${address}\\?team=${id}$`));
  }
  await page.getByRole("button", { name: `Whose findings: ${name}` }).click();
  await page.getByRole("menuitemradio", { name: "All teams" }).click();
  await expect(page).toHaveURL(/\/findings\/fixes$/);
  await page.goto("/overview");
  await expect(page.getByRole("button", { name: "Whose findings: All teams" })).toBeVisible();
  await expect(page).toHaveURL(/\/overview$/);
});

test("on a small screen the team is chosen in the menu of the person", async ({ page, aTeam, signIn }) => {
  const { id, name } = await aTeam([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  const userName = await signIn("viewer");
  await page.goto("/overview");
  await expect(page.getByRole("button", { name: /^Whose findings/ })).toHaveCount(0);
  await page.getByRole("button", { name: `Account of ${userName}` }).click();
  const choice = page.getByRole("menuitemradio", { name, exact: true });
  await expect(choice).toBeVisible();
  await expect(page.getByRole("menuitemradio", { name: "My team" })).toHaveCount(0);
  await choice.click();
  await expect(page).toHaveURL(new RegExp(`/overview\\?team=${id}$`));
  await expect(page.getByText(`${name}.`)).toBeVisible();
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
});

test("a team that there is not is said, on every page that is by team", async ({ page, signIn }) => {
  await signIn("viewer");
  const unknown = "team=no-such-team";
  for (const address of ["/trends", "/trends/sla", "/coverage", "/findings/fixes", "/findings?status=active"]) {
    await page.goto(`${address}${address.includes("?") ? "&" : "?"}${unknown}`);
    await expect(page.getByRole("heading", { name: "There is no team no-such-team" })).toBeVisible();
  }
  await page.goto(`/overview?${unknown}`);
  await expect(page.getByRole("heading", { name: "There is no team no-such-team" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Show all teams" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Overview");
  await expect(page).toHaveURL(/\/overview$/);
});
