import { expect, type Page } from "@playwright/test";

/** The page where a zip is chosen, named and sent. */
export class NewScanPage {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  async open(origin = ""): Promise<void> {
    await this.page.goto(`${origin}/scans/new`);
    await expect(this.page.getByRole("heading", { name: "New scan", level: 1 })).toBeVisible();
  }

  async choose(file: { name: string; buffer: Buffer }): Promise<void> {
    await this.page.getByLabel("Zip of the source code").setInputFiles({ ...file, mimeType: "application/zip" });
  }

  async upload(name: string): Promise<void> {
    await this.page.getByLabel("Scan name").fill(name);
    await this.page.getByRole("button", { name: "Upload and scan" }).click();
  }
}
