import { beforeAll, expect, test } from "vitest";
import { saveEpssScores } from "#lib/db/write/epss-scores.ts";
import { rankKnownExploits, saveKnownExploits } from "#lib/db/write/known-exploits.ts";
import { appDatabase } from "#testing/app-database.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { incrementalPass } from "#testing/sync-passes.ts";
import { database } from "../database.ts";
import { getFinding } from "./get-finding.ts";

appDatabase();

const NOW = "2026-01-06T00:00:00Z";
const host = { type: "AWS_EC2_INSTANCE", id: "i-1", lineage: "instance:i-1" };
const port = (name: string) => ({
  type: "network",
  vulnerability: { name, kind: "exposure" as const },
  resource: host,
  packages: [],
});

beforeAll(async () => {
  const connectionId = await aConnection();
  const place = (accountId: string, lineage: string) => ({ accountId, resource: { lineage }, cve: "CVE-2026-1" });
  await incrementalPass(connectionId, NOW, [
    anObservedFinding({
      sourceId: "here",
      cve: "CVE-2026-1",
      resource: host,
      knownExploitedAt: new Date("2025-12-30"),
    }),
    anObservedFinding(place("222222222222", "image:api")),
    anObservedFinding(place("222222222222", "image:api")),
    anObservedFinding(place("222222222222", "image:web")),
    anObservedFinding(place("333333333333", "image:api")),
    anObservedFinding({ ...place("333333333333", "image:old"), status: "closed" }),
    anObservedFinding(port("tcp/22")),
    anObservedFinding({ ...port("tcp/8080"), status: "closed" }),
    anObservedFinding({ sourceId: "alone", cve: "CVE-2026-2" }),
  ]);
});

async function find(sourceId: string) {
  const { rows } = await database().pool.query("SELECT id FROM finding WHERE source_id = $1", [sourceId]);
  return await getFinding(rows[0].id);
}

test("the same vulnerability elsewhere is counted by account, without what is here or closed", async () => {
  expect((await find("here")).elsewhere).toEqual({
    findings: 4,
    places: 3,
    accounts: [
      { id: "222222222222", name: null, findings: 3, places: 2 },
      { id: "333333333333", name: null, findings: 1, places: 1 },
    ],
    moreAccounts: 0,
  });
  expect((await find("alone")).elsewhere).toBeNull();
});

test("open ports of the same resource are told, closed ones are not", async () => {
  expect((await find("here")).exposures).toEqual([{ findingId: expect.any(String), port: "tcp/22" }]);
  expect((await find("alone")).exposures).toEqual([]);
});

test("without imported lists, what a source says stands alone", async () => {
  expect((await find("here")).vulnerability).toMatchObject({
    knownExploitedAt: "2025-12-30T00:00:00.000Z",
    knownExploit: null,
    epssAt: null,
    epssPercentile: null,
  });
});

test("imported lists add their days, what CISA asks for, and the place among all CVEs", async () => {
  const entry = {
    cve: "CVE-2026-1",
    addedOn: "2025-12-24",
    dueOn: "2026-01-14",
    isRansomware: true,
    action: "Update.",
  };
  await saveKnownExploits([entry]);
  await rankKnownExploits(new Date("2026-01-07T00:00:00Z"), new AbortController().signal);
  await saveEpssScores([{ cve: "CVE-2026-1", epss: 0.5, percentile: 0.75 }]);
  await database().pool.query("UPDATE feed SET published_at = '2026-01-07T12:00:00Z' WHERE name = 'epss'");
  const { vulnerability, epss } = await find("here");
  expect(epss).toBe(0.5);
  expect(vulnerability).toMatchObject({
    knownExploitedAt: "2025-12-24T00:00:00.000Z",
    knownExploit: { dueAt: "2026-01-14T00:00:00.000Z", isRansomware: true, action: "Update." },
    epssAt: "2026-01-07T12:00:00.000Z",
    epssPercentile: 0.75,
  });
  expect((await find("alone")).vulnerability.epssAt).toBeNull();
});
