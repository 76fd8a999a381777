import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { rememberedEnd } from "./remembered-end.ts";

const folder = await mkdtemp(join(tmpdir(), "sample-end-"));
afterAll(() => rm(folder, { recursive: true }));

test("the hour of the first start stays the end at every later start", () => {
  const dataFolder = join(folder, "new", "data");
  expect(rememberedEnd(dataFolder, new Date("2026-11-01T05:42:00Z"))).toEqual(new Date("2026-11-01T05:00:00Z"));
  expect(rememberedEnd(dataFolder, new Date("2026-12-24T08:00:00Z"))).toEqual(new Date("2026-11-01T05:00:00Z"));
});

test("a file that holds no instant is written anew", async () => {
  await writeFile(join(folder, "sample-end"), "soon\n");
  expect(rememberedEnd(folder, new Date("2026-11-01T05:42:00Z"))).toEqual(new Date("2026-11-01T05:00:00Z"));
});
