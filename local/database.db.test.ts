import { expect, test } from "vitest";
import { testDatabase } from "#testing/database.ts";
import { parseConfig } from "./config.ts";
import { openDatabase, requireSupported } from "./database.ts";
import { freePort } from "./ports.ts";

const db = testDatabase();

test("with a server of one's own, its role does everything", async () => {
  const opened = await openDatabase(parseConfig({ DATABASE_URL: db.ownerUrl }));
  expect(opened).toMatchObject({
    urls: { ownerUrl: db.ownerUrl, appUrl: db.ownerUrl, scannerUrl: db.ownerUrl },
    applied: [],
    cluster: null,
  });
});

test("the scanner may be given a role of its own", async () => {
  const config = parseConfig({ DATABASE_URL: db.ownerUrl, SCANNER_DATABASE_URL: db.scannerUrl });
  expect((await openDatabase(config)).urls).toEqual({
    ownerUrl: db.ownerUrl,
    appUrl: db.ownerUrl,
    scannerUrl: db.scannerUrl,
  });
});

test("a server that does not answer is told without its password", async () => {
  const config = parseConfig({ DATABASE_URL: `postgresql://me:hunter2@127.0.0.1:${await freePort()}/sightline` });
  await expect(openDatabase(config)).rejects.toThrow(/^DATABASE_URL does not answer: (?!.*hunter2)/);
});

test("a server older than 15 is refused", () => {
  expect(() => requireSupported(140_011)).toThrow("DATABASE_URL is PostgreSQL 14; Sightline needs 15 or newer.");
  expect(() => requireSupported(150_000)).not.toThrow();
});
