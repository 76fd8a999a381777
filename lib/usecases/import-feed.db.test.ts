import { beforeEach, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { listFeeds } from "#lib/db/read/feeds.ts";
import type { FeedName, FixedFeeds, KnownExploit, ReadFeed } from "#lib/domain/feed.ts";
import { SourceError } from "#lib/sources/source.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { queueDatabase } from "#testing/queue-database.ts";
import { saveFindings } from "#testing/saved-findings.ts";
import { changeFeed, requestDueFeeds, requestFeedImport } from "./change-feed.ts";
import { importFeed } from "./import-feed.ts";

queueDatabase();

const now = new Date("2026-03-02T12:00:00Z");
const actor = { personId: "00000000-0000-7000-8000-000000000001", userName: "ines" };
const FILE = "/srv/kev.json";
const byEnvironment: FixedFeeds = { "known-exploited": { variable: "SIGHTLINE_KEV_URL", location: FILE } };

beforeEach(async () => {
  await clearFindings();
  await database().pool.query(`
    DELETE FROM known_exploit; DELETE FROM epss_score; DELETE FROM pgboss.job;
    UPDATE feed SET is_on = false, location = NULL, state = 'idle', next_import_at = NULL, published_at = NULL,
      digest = NULL, entries = 0, findings = 0, imported_from = NULL, failure = NULL, checked_at = NULL, imported_at = NULL`);
});

function aCatalogue(cves: string[], publishedAt = "2026-03-01T00:00:00Z"): ReadFeed<KnownExploit> {
  const entries = cves.map((cve) => ({ cve, addedOn: "2026-02-28", dueOn: null, isRansomware: false, action: "" }));
  return {
    publishedAt: new Date(publishedAt),
    digest: Buffer.from(`${publishedAt} ${cves.join(" ")}`),
    entries,
    skipped: 1,
  };
}

/** Runs the import as the worker would; `given` is what lies there, or the failure to read it. */
async function runImport(given: ReadFeed<KnownExploit> | Error, fixed: FixedFeeds = byEnvironment) {
  const asked: string[] = [];
  await importFeed("known-exploited", {
    readKnownExploits: async (location) => {
      asked.push(location);
      if (given instanceof Error) throw given;
      return given;
    },
    readEpss: () => Promise.reject(new Error("not asked for")),
    fixed,
    signal: new AbortController().signal,
    clock: () => now,
  });
  return asked;
}

const feedOf = async (name: FeedName, fixed: FixedFeeds = {}) =>
  (await listFeeds(fixed)).find((feed) => feed.name === name)!;

async function exploited() {
  const { rows } = await database().pool.query(
    "SELECT v.name FROM finding f JOIN vulnerability v ON v.id = f.vulnerability_id WHERE f.known_exploited ORDER BY 1",
  );
  return rows.map(({ name }) => name);
}

async function audited() {
  const { rows } = await database().pool.query(
    "SELECT actor, action, target, detail FROM audit_event WHERE action LIKE 'feed.%' ORDER BY id DESC",
  );
  return rows;
}

test("an import says what it read, ranks findings and leaves an audit row", async () => {
  await saveFindings([anObservedFinding({ cve: "CVE-2026-1" })]);
  expect(await runImport(aCatalogue(["CVE-2026-1", "CVE-2026-2"]))).toEqual([FILE]);
  expect(await exploited()).toEqual(["CVE-2026-1"]);
  expect(await feedOf("known-exploited", byEnvironment)).toMatchObject({
    isOn: true,
    location: FILE,
    fixedBy: "SIGHTLINE_KEV_URL",
    state: "idle",
    publishedAt: "2026-03-01T00:00:00.000Z",
    checkedAt: now.toISOString(),
    importedAt: now.toISOString(),
    nextImportAt: "2026-03-03T12:00:00.000Z",
    entries: 2,
    skipped: 1,
    findings: 1,
    failure: null,
  });
  const [row] = await audited();
  expect(row).toMatchObject({
    actor: "system",
    action: "feed.imported",
    target: "known-exploited",
    detail: { entries: 2, added: 2, removed: 0, findings: 1 },
  });
});

test("the same list again leaves no audit row and the day of its import", async () => {
  await runImport(aCatalogue(["CVE-2026-1"]));
  const before = await audited();
  const imported = await feedOf("known-exploited");
  await runImport(aCatalogue(["CVE-2026-1"]));
  expect(await audited()).toEqual(before);
  expect(await feedOf("known-exploited")).toMatchObject({ importedAt: imported.importedAt, findings: 0 });
});

test("what the outside does wrong is told, changes nothing, and is tried again in an hour", async () => {
  await saveFindings([anObservedFinding({ cve: "CVE-2026-1" })]);
  await runImport(aCatalogue(["CVE-2026-1"]));
  const failure = { code: "unreachable" as const, message: "www.cisa.gov could not be reached.", permission: null };
  await runImport(new SourceError(failure));
  expect(await feedOf("known-exploited", byEnvironment)).toMatchObject({
    state: "idle",
    failure,
    entries: 1,
    nextImportAt: "2026-03-02T13:00:00.000Z",
  });
  expect(await exploited()).toEqual(["CVE-2026-1"]);
});

test("a fault of ours is recorded and thrown", async () => {
  await expect(runImport(new TypeError("x"))).rejects.toThrow("x");
  expect(await feedOf("known-exploited")).toMatchObject({ state: "idle", failure: { code: "internal" } });
});

test("neither an older list nor one that lost half of its entries takes back what is known", async () => {
  await saveFindings([anObservedFinding({ cve: "CVE-2026-1" })]);
  await runImport(aCatalogue(["CVE-2026-1", "CVE-2026-2", "CVE-2026-3"]));
  await runImport(aCatalogue(["CVE-2026-8", "CVE-2026-9", "CVE-2026-7"], "2026-02-01T00:00:00Z"));
  expect((await feedOf("known-exploited")).failure?.message).toContain(
    "of 2026-02-01, older than the imported one of 2026-03-01",
  );
  await runImport(aCatalogue(["CVE-2026-9"], "2026-03-02T00:00:00Z"));
  expect((await feedOf("known-exploited")).failure?.message).toContain("1 entries, where the imported one has 3");
  expect(await exploited()).toEqual(["CVE-2026-1"]);
});

test("turning a list on imports it at once, from where its publisher puts it", async () => {
  await changeFeed(await feedOf("known-exploited"), { isOn: true }, actor, now);
  expect(await feedOf("known-exploited")).toMatchObject({ isOn: true, state: "queued", isPublishers: true });
  expect(await runImport(aCatalogue(["CVE-2026-1"]), {})).toEqual([
    "https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json",
  ]);
});

test("turning it off takes the list back", async () => {
  await saveFindings([anObservedFinding({ cve: "CVE-2026-1" })]);
  await changeFeed(await feedOf("known-exploited"), { isOn: true }, actor, now);
  await runImport(aCatalogue(["CVE-2026-1"]), {});
  await changeFeed(await feedOf("known-exploited"), { isOn: false }, actor, now);
  expect(await runImport(aCatalogue(["CVE-2026-1"]), {})).toEqual([]);
  expect(await exploited()).toEqual([]);
  expect(await feedOf("known-exploited")).toMatchObject({ isOn: false, entries: 0, nextImportAt: null });
});

test("a list of another place may be older: its date is its own", async () => {
  await changeFeed(await feedOf("known-exploited"), { isOn: true }, actor, now);
  await runImport(aCatalogue(["CVE-2026-1"]), {});
  await changeFeed(await feedOf("known-exploited"), { location: FILE }, actor, now);
  await runImport(aCatalogue(["CVE-2026-2"], "2026-01-01T00:00:00Z"), {});
  expect(await feedOf("known-exploited")).toMatchObject({ failure: null, publishedAt: "2026-01-01T00:00:00.000Z" });
});

test("so may one that the environment reads elsewhere since the last start", async () => {
  await runImport(aCatalogue(["CVE-2026-1"]));
  const moved = { "known-exploited": { variable: "SIGHTLINE_KEV_URL", location: "/srv/older.json" } };
  await runImport(aCatalogue(["CVE-2026-2"], "2026-01-01T00:00:00Z"), moved);
  expect(await feedOf("known-exploited", moved)).toMatchObject({
    failure: null,
    publishedAt: "2026-01-01T00:00:00.000Z",
  });
});

test("what the environment sets, nobody changes here; what is off is not imported", async () => {
  await expect(
    changeFeed(await feedOf("known-exploited", byEnvironment), { isOn: false }, actor, now),
  ).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("SIGHTLINE_KEV_URL") });
  await expect(requestFeedImport(await feedOf("epss"), actor, now)).rejects.toMatchObject({ code: "conflict" });
});

test("who changes a list or asks for an import is on record", async () => {
  await changeFeed(await feedOf("epss"), { isOn: true }, actor, now);
  await requestFeedImport(await feedOf("epss"), actor, now);
  expect((await audited()).slice(0, 2)).toMatchObject([
    { actor: "ines", action: "feed.import", target: "epss" },
    { actor: "ines", action: "feed.update", target: "epss", detail: { isOn: true } },
  ]);
});

test("a list is asked for when its time has come, once, and one that is off only to take it back", async () => {
  const queued = async () => {
    const { rows } = await database().pool.query(
      "SELECT data->>'name' AS name FROM pgboss.job WHERE name = 'import-feed'",
    );
    return rows.map(({ name }) => name);
  };
  await requestDueFeeds({}, now);
  expect(await queued()).toEqual([]);
  await requestDueFeeds(byEnvironment, now);
  await requestDueFeeds(byEnvironment, now);
  expect(await queued()).toEqual(["known-exploited"]);
  await runImport(aCatalogue(["CVE-2026-1"]));
  await database().pool.query("DELETE FROM pgboss.job");
  await requestDueFeeds(byEnvironment, new Date("2026-03-03T11:59:00Z"));
  expect(await queued()).toEqual([]);
  // The environment no longer says so, and nobody else did.
  await requestDueFeeds({}, now);
  expect(await queued()).toEqual(["known-exploited"]);
});
