import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium } from "@playwright/test";
import pg from "pg";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { parseConfig } from "#local/config.ts";
import { openDatabase as openServer } from "#local/database.ts";
import { findChromium } from "#testing/chromium.ts";
import { makeOrganisation } from "#testing/organisation.ts";
import type { BenchResult } from "./bench-result.ts";
import { BENCH_TOKEN, type Instance, startInstance } from "./instance.ts";
import { benchPageScripts } from "./page-scripts.ts";
import { withoutIndexes } from "./without-indexes.ts";
import { benchWorkspace } from "./workspace.ts";

const ACCOUNTS = 1_000;

/** `keep`: a folder whose database is used again, the same that the bench of findings keeps. */
type BrowserBench = { findings: number; keep: string | undefined };

/** What a person waits for in the browser: how much each page loads, and how fast the list answers over many findings. */
export async function benchBrowser({ findings, keep }: BrowserBench): Promise<BenchResult[]> {
  const dataDir = keep === undefined ? mkdtempSync(join(tmpdir(), "sightline-bench-")) : join(keep, `${findings}`);
  mkdirSync(dataDir, { recursive: true });
  try {
    await fill(dataDir, findings);
    const instance = await startInstance(dataDir, "off");
    try {
      return await onInstance(instance);
    } finally {
      await instance.stop();
    }
  } finally {
    if (keep === undefined) rmSync(dataDir, { recursive: true, force: true });
  }
}

async function onInstance(instance: Instance): Promise<BenchResult[]> {
  const browser = await launch();
  try {
    const context = await openContext(browser, instance);
    return [...(await benchPageScripts(context)), ...(await benchWorkspace(context))];
  } finally {
    await browser.close();
  }
}

/** Filled once: a file says that it was. */
async function fill(dataDir: string, findings: number): Promise<void> {
  const mark = join(dataDir, "filled");
  const server = await openServer(parseConfig({ DATA_DIR: dataDir }));
  try {
    openDatabase(server.urls.appUrl);
    if (!existsSync(mark))
      await withoutIndexes(server.urls.ownerUrl, () => makeOrganisation({ findings, accounts: ACCOUNTS }));
    writeFileSync(mark, "");
    await completeDetails(server.urls.ownerUrl);
  } finally {
    await closeDatabase();
    await server.cluster?.stop();
  }
}

/** What only an opened finding tells: since when its issue is open, where to read on. What clocks count in trends is left out. */
async function completeDetails(ownerUrl: string): Promise<void> {
  const owner = new pg.Client(ownerUrl);
  await owner.connect();
  try {
    await owner.query("ALTER TABLE issue_clock DISABLE TRIGGER USER");
    await owner.query(
      `INSERT INTO issue_clock (account_id, issue_id, number, source, type, severity, opened_at)
       SELECT account_id, id, 1, source, type, severity, now() - interval '30 days' FROM issue
       WHERE NOT EXISTS (SELECT FROM issue_clock)`,
    );
    await owner.query("UPDATE vulnerability SET reference_urls = '{}' WHERE reference_urls IS NULL");
    await owner.query("ALTER TABLE issue_clock ENABLE TRIGGER USER");
  } finally {
    await owner.end();
  }
}

async function launch(): Promise<Browser> {
  const { executablePath, env } = await findChromium();
  return chromium.launch({
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
    env: { ...process.env, ...env },
  });
}

/** A browser's own state, with a session of a new person who may read. */
async function openContext(browser: Browser, { url }: Instance): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } });
  const made = await context.request.post("/api/v1/sign-in-links", {
    headers: { authorization: `Bearer ${BENCH_TOKEN}` },
    data: { role: "viewer" },
  });
  const token = new URL((await made.json()).url).pathname.split("/").at(-1);
  const signedIn = await context.request.post("/api/v1/session", {
    headers: { origin: url },
    data: { token, userName: `bench-${Date.now().toString(36)}` }, // a name is given once, and databases are kept
  });
  if (signedIn.status() !== 204) throw new Error(`Signing in answered ${signedIn.status()}`);
  return context;
}
