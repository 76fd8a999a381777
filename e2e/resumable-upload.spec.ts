import { createHash, randomBytes } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import { test as base, expect, expectAccessible } from "./fixtures.ts";
import { type Line, openLine } from "./line.ts";
import { NewScanPage } from "./pages/new-scan-page.ts";

const WEIGHT_BYTES = 16 * 1024 ** 2;
// A busy machine still reaches each step long before everything is sent.
const SLOW_BYTES_PER_SECOND = 1.5 * 1024 ** 2;

// The browser reaches the product over a line of the test's own; the session counts on every port of the host.
const test = base.extend<{ line: Line }>({
  line: async ({ baseURL }, use) => {
    const line = await openLine(baseURL ?? "", SLOW_BYTES_PER_SECOND);
    await use(line);
    await line.close();
  },
});

type ZipFile = { path: string; sizeBytes: number; sha256: string };

/** Written to this path, where the browser reads it by itself: so much is not carried through the test. */
async function aHeavyZip(path: string): Promise<ZipFile> {
  const writer = new ZipWriter(new Uint8ArrayWriter(), { level: 0 });
  await writer.add("shop/app.py", new Uint8ArrayReader(Buffer.from("import os\n")));
  await writer.add("shop/weight.bin", new Uint8ArrayReader(randomBytes(WEIGHT_BYTES)));
  const bytes = await writer.close();
  await writeFile(path, bytes);
  return { path, sizeBytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
}

async function waitForPercent(page: Page, percent: number): Promise<void> {
  const bar = page.getByRole("progressbar", { name: /Upload of/ });
  await expect.poll(async () => Number(await bar.getAttribute("aria-valuenow"))).toBeGreaterThanOrEqual(percent);
}

test("an upload is paused, loses its line, goes on by itself, and arrives byte for byte", async ({
  page,
  signIn,
  api,
  line,
}, testInfo) => {
  await signIn("developer");
  const name = `line-${testInfo.workerIndex}-${testInfo.repeatEachIndex}`;
  const zip = await aHeavyZip(testInfo.outputPath("heavy.zip"));
  const newScan = new NewScanPage(page);
  await newScan.open(line.url);
  await newScan.choose(zip.path);
  await expect(page.getByRole("region", { name: "What is in the archive" })).toBeVisible();
  await newScan.upload(name);
  await waitForPercent(page, 10);
  await expect(page.getByRole("region", { name: "Upload" })).toContainText(/MB a second, .* left/);

  await page.getByRole("button", { name: "Pause" }).click();
  await expect(page.getByText("Paused. What has arrived is kept for a day.").first()).toBeVisible();
  await expectAccessible(page);
  const { runs } = await (await api.get(`/api/v1/scans/${name}`)).json();
  expect(runs[0]).toMatchObject({ state: "uploading", progress: { total: zip.sizeBytes } });
  await page.getByRole("button", { name: "Go on" }).click();
  await waitForPercent(page, 40);

  line.cut();
  await expect(page.getByText(/The connection is gone/).first()).toBeVisible();
  line.hasten();
  line.mend();
  await expect(page).toHaveURL(new RegExp(`/scans/${name}/runs/`), { timeout: 30_000 });
  const run = await (await api.get(`/api/v1/scans/${name}/runs/${page.url().split("/").at(-1)}`)).json();
  expect(run).toMatchObject({ sizeBytes: zip.sizeBytes, sha256: zip.sha256 });
});

test("a reload is warned of, the unfinished upload is named, and the same file goes on with it", async ({
  page,
  signIn,
  api,
  line,
}, testInfo) => {
  await signIn("developer");
  const name = `reload-${testInfo.workerIndex}-${testInfo.repeatEachIndex}`;
  const zip = await aHeavyZip(testInfo.outputPath("heavy.zip"));
  const newScan = new NewScanPage(page);
  await newScan.open(line.url);
  await newScan.choose(zip.path);
  await expect(page.getByRole("region", { name: "What is in the archive" })).toBeVisible();
  await newScan.upload(name);
  await waitForPercent(page, 25);
  const warned = page.waitForEvent("dialog").then(async (dialog) => {
    await dialog.accept();
    return dialog.type();
  });
  await page.reload();
  expect(await warned).toBe("beforeunload");
  line.hasten();

  const unfinished = page.getByRole("region", { name: "Not finished" });
  await expect(unfinished).toContainText(`heavy.zip for ${name}`);
  await expect(unfinished).toContainText("Choose the same file to go on");
  await expectAccessible(page);
  await mkdir(testInfo.outputPath("other"));
  await newScan.choose((await aHeavyZip(testInfo.outputPath("other", "heavy.zip"))).path);
  await expect(page.getByRole("button", { name: "Upload and scan" })).toBeVisible();
  await rename(zip.path, testInfo.outputPath("renamed.zip"));
  await newScan.choose(testInfo.outputPath("renamed.zip"));
  await expect(page.getByText(/Here already: .* Only the rest is sent/)).toBeVisible();
  await page.getByRole("button", { name: "Go on uploading" }).click();
  await expect(page).toHaveURL(new RegExp(`/scans/${name}/runs/`), { timeout: 30_000 });
  const { runs } = await (await api.get(`/api/v1/scans/${name}`)).json();
  expect(runs).toMatchObject([{ revision: 1, sizeBytes: zip.sizeBytes, sha256: zip.sha256 }]);
});
