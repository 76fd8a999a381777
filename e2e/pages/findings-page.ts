import { type APIRequestContext, expect, type Locator, type Page } from "@playwright/test";

type Listed = { id: string; severity: string; title: string };
type Answer = { items: Listed[]; total: { count: number; exact: boolean } };

/** The list of findings with its facets and the panel of the one that is open. */
export class FindingsPage {
  readonly page: Page;
  readonly api: APIRequestContext;
  /** The rows that are drawn, without the head. */
  readonly rows: Locator;
  /** What scrolls on a large screen. */
  readonly pane: Locator;
  readonly panel: Locator;
  readonly search: Locator;
  constructor(page: Page, api: APIRequestContext) {
    this.page = page;
    this.api = api;
    this.rows = page.locator("tbody").getByRole("row");
    this.pane = page.getByRole("table").locator("xpath=..");
    this.panel = page.getByRole("complementary", { name: "Open finding" });
    this.search = page.getByRole("combobox", { name: "Search these findings" });
  }

  async open(query = "status=active"): Promise<void> {
    await this.page.goto(`/findings?${query}`);
  }

  /** What the API answers to the same question. */
  async ask(query: string): Promise<Answer> {
    const answer = await this.api.get(`/api/v1/findings?${query}`);
    expect(answer.status(), await answer.text()).toBe(200);
    return answer.json();
  }

  /** Presses a key until it has its effect: before the page's scripts run it has none. */
  async press(key: string, effect: () => Promise<void>): Promise<void> {
    await expect(async () => {
      await this.page.keyboard.press(key);
      await effect();
    }).toPass();
  }

  facet(name: RegExp): Locator {
    return this.page.getByRole("group", { name: "Filters" }).getByRole("checkbox", { name });
  }

  async expectCount(count: number): Promise<void> {
    const words = `${count.toLocaleString("en")} finding${count === 1 ? "" : "s"}`;
    await expect(this.page.getByRole("heading", { level: 1 })).toHaveText(words);
  }

  /** The ids of the rows that are drawn, from the top. */
  async ids(): Promise<(string | null)[]> {
    return this.rows.locator("a").evaluateAll((links) => links.map((link) => link.getAttribute("data-finding")));
  }
}
