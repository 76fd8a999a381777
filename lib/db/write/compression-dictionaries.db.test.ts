import { beforeEach, expect, test } from "vitest";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection, saveFindings } from "#testing/saved-findings.ts";
import { toCompressedJson } from "../compressed-json.ts";
import { database } from "../database.ts";
import { getFinding } from "../read/get-finding.ts";
import { saveFindingCode } from "./finding-code.ts";

appDatabase();

let connectionId: string;
beforeEach(async () => {
  await clearFindings();
  connectionId = await aConnection();
});

const JANUARY = new Date("2026-01-01T00:00:00Z");
const APRIL = new Date("2026-04-02T00:00:00Z");

const aRaw = (number: number) => ({ title: `CVE-2026-${number}`, remediation: "Update the package.", number });
const someFindings = (count: number, overrides: Parameters<typeof anObservedFinding>[0] = {}) =>
  Array.from({ length: count }, (_, number) => anObservedFinding({ raw: aRaw(number), ...overrides }));

type Stored = { id: string; dictionary_id: number | null };

async function find({ sourceId }: ObservedFinding): Promise<Stored> {
  const { rows } = await database().pool.query<Stored>(
    "SELECT f.id, w.dictionary_id FROM finding f JOIN finding_raw w ON w.finding_id = f.id WHERE f.source_id = $1",
    [sourceId],
  );
  if (!rows[0]) throw new Error(`${sourceId} is not stored`);
  return rows[0];
}

async function expectAsTold(observed: ObservedFinding[]): Promise<void> {
  for (const one of observed) {
    const { raw, detail } = await getFinding((await find(one)).id);
    expect(raw).toEqual(one.raw);
    expect(detail.packages).toEqual(one.packages);
  }
}

test("many findings at once are compressed with what they say alike, and read as they were told", async () => {
  const observed = someFindings(70);
  await saveFindings(observed, { connectionId, now: JANUARY });
  const used = new Set((await Promise.all(observed.map(find))).map((row) => row.dictionary_id));
  expect(used).toEqual(new Set([expect.any(Number)]));
  await expectAsTold(observed.slice(0, 5));
});

test("a few use the newest dictionary of their source", async () => {
  const [first] = someFindings(70);
  await saveFindings(someFindings(70), { connectionId, now: JANUARY });
  if (first) await saveFindings([first], { connectionId, now: APRIL });
  expect(first && (await find(first)).dictionary_id).toEqual(expect.any(Number));
});

test("findings of a vulnerability that many have are compressed with what those say alike, others with their source's", async () => {
  const common = someFindings(70, { cve: "CVE-2026-0001" });
  const rare = someFindings(3, { cve: "CVE-2026-0002" });
  await saveFindings([...common, ...rare], { connectionId, now: JANUARY });
  const [later = anObservedFinding()] = someFindings(1, { cve: "CVE-2026-0001" });
  await saveFindings([later], { connectionId, now: JANUARY });
  const owners = await Promise.all([...common, ...rare, later].map(ownerOf));
  expect(new Set(owners.slice(0, 70))).toEqual(new Set(["CVE-2026-0001"]));
  expect(owners.slice(70)).toEqual([null, null, null, "CVE-2026-0001"]);
  await expectAsTold([...common.slice(0, 3), ...rare, later]);
});

const anImage = (name: string) => ({
  id: `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`,
  tags: Object.fromEntries(Array.from({ length: 12 }, (_, number) => [`tag-${number}`, `${name} ${number * 7_919}`])),
});
const findingsOf = (image: ReturnType<typeof anImage>, count: number) =>
  Array.from({ length: count }, (_, number) =>
    anObservedFinding({ resource: { id: image.id }, raw: { ...aRaw(number), image } }),
  );

test("what is said of a resource stands once, for all of its findings that come together and those that come later", async () => {
  const [large, small] = [findingsOf(anImage("large"), 40), findingsOf(anImage("small"), 3)];
  await saveFindings([...large, ...small, ...someFindings(30)], { connectionId, now: JANUARY });
  const [later = anObservedFinding()] = findingsOf(anImage("large"), 1);
  await saveFindings([later], { connectionId, now: APRIL });
  const [ofLarge, ofSmall] = await Promise.all([sizesOf([...large, later]), sizesOf(small)]);
  expect(new Set(ofLarge.map(({ id }) => id))).toEqual(new Set([expect.any(Number)]));
  expect(new Set(ofSmall.map(({ id }) => id))).toEqual(new Set([null]));
  const [most, least] = [
    Math.max(...ofLarge.map(({ bytes }) => bytes)),
    Math.min(...ofSmall.map(({ bytes }) => bytes)),
  ];
  expect(most).toBeLessThan(least / 2);
  await expectAsTold([...large.slice(0, 3), ...small, later]);
});

/** The dictionary of its resource that each is compressed with, and what its JSON takes. */
async function sizesOf(observed: ObservedFinding[]): Promise<{ id: number | null; bytes: number }[]> {
  const { rows } = await database().pool.query<{ id: number | null; bytes: number }>(
    `SELECT w.resource_dictionary_id AS id, length(w.raw) AS bytes FROM finding f JOIN finding_raw w ON w.finding_id = f.id
     WHERE f.source_id = ANY ($1)`,
    [observed.map(({ sourceId }) => sourceId)],
  );
  return rows;
}

/** The vulnerability whose dictionary the finding is compressed with; null = its source's. */
async function ownerOf(observed: ObservedFinding): Promise<string | null> {
  const { rows } = await database().pool.query<{ name: string | null }>(
    "SELECT v.name FROM compression_dictionary d LEFT JOIN vulnerability v ON v.id = d.vulnerability_id WHERE d.id = $1",
    [(await find(observed)).dictionary_id],
  );
  if (!rows[0]) throw new Error("Compressed without a dictionary");
  return rows[0].name;
}

test("after 90 days many make a new one, and what came before is read with its own", async () => {
  const [before, after] = [someFindings(70), someFindings(70)];
  await saveFindings(before, { connectionId, now: JANUARY });
  await saveFindings(after, { connectionId, now: APRIL });
  const [old, fresh] = await Promise.all([before, after].map(async ([one]) => one && (await find(one)).dictionary_id));
  expect(fresh).toBeGreaterThan(old ?? Number.NaN);
  await expectAsTold([...before.slice(0, 3), ...after.slice(0, 3)]);
});

test("the sample organisation has one of its own", async () => {
  const [real, sample] = [someFindings(70), someFindings(70, { accountId: "999900000001" })];
  await saveFindings(real, { connectionId, now: APRIL });
  await saveFindings(sample, { connectionId: await aConnection({ isSample: true }), now: APRIL });
  const [ofReal, ofSample] = await Promise.all(
    [real, sample].map(async ([one]) => one && (await find(one)).dictionary_id),
  );
  expect(ofSample).toEqual(expect.any(Number));
  expect(ofSample).not.toBe(ofReal);
});

test("what scans and reports tell is compressed by itself: nothing of people's code stays behind", async () => {
  await database().pool.query("UPDATE connection SET source = 'sarif' WHERE id = $1", [connectionId]);
  const observed = someFindings(70, { type: "code" });
  await saveFindings(observed, { connectionId, now: JANUARY });
  expect(new Set((await Promise.all(observed.map(find))).map((row) => row.dictionary_id))).toEqual(new Set([null]));
  await expectAsTold(observed.slice(0, 3));
});

test("what an earlier version stored is read, and compressed with a dictionary when it changes", async () => {
  const [one = anObservedFinding()] = someFindings(70);
  await saveFindings([...someFindings(70), one], { connectionId, now: JANUARY });
  const { id } = await find(one);
  const { detail } = await getFinding(id);
  await database().pool.query(
    "UPDATE finding_raw SET detail = $2, raw = $3, dictionary_id = NULL WHERE finding_id = $1",
    [id, toCompressedJson(detail, null), toCompressedJson(one.raw, null)],
  );
  await expectAsTold([one]);
  const changed = { ...one, title: "Told anew", updatedAt: APRIL, raw: aRaw(1_000) };
  await saveFindings([changed], { connectionId, now: APRIL });
  expect((await find(changed)).dictionary_id).toEqual(expect.any(Number));
  await expectAsTold([changed]);
});

test("code that is fetched later is read beside what was compressed before", async () => {
  const code = {
    path: "src/main.py",
    startLine: 6,
    endLine: 7,
    detectorId: "python/hardcoded-credentials@v1.0",
    detectorName: "Hardcoded credentials",
    detectorTags: [],
    ruleId: null,
    snippet: [],
    steps: [],
    suggestedFixes: [],
  };
  const observed = someFindings(70, { type: "code", code });
  await saveFindings(observed, { connectionId, now: JANUARY });
  const [one = anObservedFinding()] = observed;
  const snippet = [{ number: 6, content: 'password = "x"' }];
  const { id } = await find(one);
  await saveFindingCode(id, { snippet, suggestedFixes: [] });
  expect((await getFinding(id)).detail.code).toEqual({ ...code, snippet, isUnavailable: false });
  await expectAsTold([one]);
});

test("a dictionary is neither changed nor deleted", async () => {
  await saveFindings(someFindings(70), { connectionId, now: JANUARY });
  const { pool } = database();
  await expect(pool.query("DELETE FROM compression_dictionary")).rejects.toThrow("never edited");
  await expect(pool.query("UPDATE compression_dictionary SET content = ''")).rejects.toThrow("never edited");
});
