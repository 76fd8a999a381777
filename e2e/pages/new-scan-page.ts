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

  /** A small file by its bytes, a large one by its path. */
  async choose(file: string | { name: string; buffer: Buffer }): Promise<void> {
    const chosen = typeof file === "string" ? file : { ...file, mimeType: "application/zip" };
    await this.page.getByLabel("Zip of the source code").setInputFiles(chosen);
  }

  async upload(name: string): Promise<void> {
    await this.page.getByLabel("Scan name").fill(name);
    await this.page.getByRole("button", { name: "Upload and scan" }).click();
  }
}
