import { expect, test } from "vitest";
import { appDatabase } from "#testing/app-database.ts";
import { database } from "../database.ts";
import { type Columns, copyRows, type RowOf } from "./copy-rows.ts";

appDatabase();

const COLUMNS = {
  words: "text?",
  id: "uuid?",
  bytes: "bytea?",
  count: "int4?",
  score: "float4?",
  is_open: "bool?",
  at: "timestamptz?",
  numbers: "int4[]?",
} as const satisfies Columns;

const NULLS = { words: null, id: null, bytes: null, count: null, score: null, is_open: null, at: null, numbers: null };

test.each<[string, Partial<RowOf<typeof COLUMNS>>]>([
  ["nothing at all", {}],
  ["text of every kind", { words: 'tab\t, line\n, quote", back\\slash, \\N, ä, 漢, 🙂' }],
  ["text longer than a chunk", { words: "é".repeat(700_000) }],
  ["empty text and bytes", { words: "", bytes: Buffer.alloc(0) }],
  ["bytes", { bytes: Buffer.from([0, 1, 92, 120, 255]) }],
  ["the ends of a number", { count: -2_147_483_648, score: -1.5 }],
  ["a truth", { is_open: true }],
  ["an untruth", { is_open: false }],
  ["an instant before 2000", { at: new Date("1969-12-31T23:59:59.999Z") }],
  ["an instant to come", { at: new Date("9999-12-31T23:59:59.999Z") }],
  ["no numbers", { numbers: [] }],
  ["numbers", { numbers: [1, -7, 2_147_483_647] }],
  ["an id", { id: "0196a0e0-1234-7abc-8def-0123456789ab" }],
])("%s is stored as it was", async (_, given) => {
  const row = { ...NULLS, ...given };
  const client = await database().pool.connect();
  try {
    const definitions = Object.entries(COLUMNS).map(([name, type]) => `${name} ${type.replace("?", "")}`);
    await client.query(`CREATE TEMPORARY TABLE copied (${definitions.join(", ")})`);
    await copyRows(client, "copied", COLUMNS, [row, NULLS]);
    expect((await client.query("SELECT * FROM copied")).rows).toEqual([row, NULLS]);
  } finally {
    client.release(true);
  }
});
