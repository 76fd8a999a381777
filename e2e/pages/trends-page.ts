import { type APIRequestContext, expect, type Locator, type Page } from "@playwright/test";

type Counts = Record<string, number>;
export type TrendAnswer = {
  asOf: string;
  days: { day: string; open: Counts; opened: Counts; closed: Counts; stillOpen: Counts; known: boolean }[];
};

/** The charts of the trends page, with what the API says to the same question. */
export class TrendsPage {
  readonly page: Page;
  readonly api: APIRequestContext;
  constructor(page: Page, api: APIRequestContext) {
    this.page = page;
    this.api = api;
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/trends?${query}`);
  }

  async ask(query: string): Promise<TrendAnswer> {
    const answer = await this.api.get(`/api/v1/trends?${query}`);
    expect(answer.status(), await answer.text()).toBe(200);
    return answer.json();
  }

  /** How many findings the API lists under the conditions of a page's address, or how many groups of them. */
  async countListed(address: string): Promise<number> {
    const { searchParams } = new URL(address, "http://page");
    if (searchParams.has("by")) return await this.countGroups(searchParams);
    const answer = await this.api.get(`/api/v1/findings?${searchParams}&limit=1`);
    expect(answer.status(), await answer.text()).toBe(200);
    return (await answer.json()).total.count;
  }

  private async countGroups(conditions: URLSearchParams): Promise<number> {
    let count = 0;
    let cursor: string | null = null;
    do {
      const after = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const answer = await this.api.get(`/api/v1/findings/groups?${conditions}&limit=200${after}`);
      expect(answer.status(), await answer.text()).toBe(200);
      const page: { items: unknown[]; nextCursor: string | null } = await answer.json();
      count += page.items.length;
      cursor = page.nextCursor;
    } while (cursor !== null);
    return count;
  }

  chart(title: string): Locator {
    return this.page.getByRole("figure", { name: title });
  }

  /** The drawing of a chart, once it is made for the width that it has here. */
  async drawing(title: string): Promise<Locator> {
    const drawing = this.chart(title).getByRole("img", { name: title });
    await expect(async () => {
      const width = (await drawing.boundingBox())?.width;
      expect((await drawing.getAttribute("viewBox"))?.split(" ")[2]).toBe(String(width));
    }).toPass();
    return drawing;
  }

  /** The table behind a chart, opened. Before the page's scripts run, pressing shows nothing. */
  async table(title: string): Promise<Locator> {
    const chart = this.chart(title);
    const table = chart.getByRole("table", { name: title });
    await expect(async () => {
      if (!(await table.isVisible())) await chart.getByText("Show as table").click();
      await expect(table).toBeVisible({ timeout: 500 });
    }).toPass();
    return table;
  }
}

export const sumOf = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);
/** A number as pages write it. */
export const written = (count: number): string => count.toLocaleString("en");
