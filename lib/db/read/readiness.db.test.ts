import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { appDatabase } from "#testing/app-database.ts";
import { requireReady } from "./readiness.ts";

appDatabase();

test("a database with this version's newest migration is ready", async () => {
  await expect(requireReady()).resolves.toBeUndefined();
});

test("a database that lacks a migration of this version is not", async () => {
  const folder = mkdtempSync(join(tmpdir(), "migrations-"));
  mkdirSync(join(folder, "29990101000000_later"));
  await expect(requireReady(folder)).rejects.toMatchObject({ code: "unavailable" });
  rmSync(folder, { recursive: true });
});
