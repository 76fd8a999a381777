import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, test as base, expect, type Page } from "@playwright/test";

export { expect };

type Role = "viewer" | "developer" | "lead" | "admin";
type Fixtures = {
  /** The API as the bootstrap token may use it: every right. */
  api: APIRequestContext;
  /** Signs the page in as a new person of this role and returns the user name. */
  signIn: (role: Role) => Promise<string>;
};

// A page whose scripts fail or whose content policy is broken fails its test, whatever that looked at.
export const test = base.extend<Fixtures>({
  page: async ({ page }, use) => {
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => {
      if (/content security policy/i.test(message.text())) faults.push(message.text());
    });
    await use(page);
    expect(faults).toEqual([]);
  },
  api: async ({ playwright, baseURL }, use) => {
    const authorization = `Bearer ${process.env.E2E_BOOTSTRAP_TOKEN}`;
    const context = await playwright.request.newContext({ baseURL, extraHTTPHeaders: { authorization } });
    await use(context);
    await context.dispose();
  },
  signIn: async ({ page, api, baseURL }, use, testInfo) => {
    await use(async (role) => {
      // New in each run: whoever runs the tests by hand may run them on the same data again.
      const userName = `${role}-${Date.now().toString(36)}-${testInfo.workerIndex}`;
      const made = await api.post("/api/v1/sign-in-links", { data: { role } });
      const { url } = await made.json();
      const token = new URL(url).pathname.split("/").at(-1);
      const signedIn = await page.request.post("/api/v1/session", {
        data: { token, userName },
        headers: { origin: baseURL ?? "" },
      });
      expect(signedIn.status(), await signedIn.text()).toBe(204);
      return userName;
    });
  },
});

/** Fails with axe's findings on the page as it stands once nothing loads: what waits for an answer is dimmed meanwhile. */
export async function expectAccessible(page: Page): Promise<void> {
  await expect(page.locator("[aria-busy='true']")).toHaveCount(0);
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((one) => one.finished));
  });
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.target.join(" ")) }))).toEqual([]);
}
