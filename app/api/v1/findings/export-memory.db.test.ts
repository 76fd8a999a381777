import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeAll, expect, test } from "vitest";
import { saveObservedFindings } from "#lib/db/write/observed-findings.ts";
import { finishSyncRun } from "#lib/db/write/sync-run.ts";
import type { RouteHandler } from "#lib/http/operation.ts";
import { apiDatabase, aSignedInPerson, ask, type Signed } from "#testing/api.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { startPass } from "#testing/sync-passes.ts";
import * as csv from "../findings.csv/route.ts";
import * as jsonl from "../findings.jsonl/route.ts";
import * as sarif from "../findings.sarif/route.ts";

const FINDINGS = 20_000;
const BATCH = 4_000;
/** A page of rows, the text made of it and the part that is read: far from a file of any of the forms. */
const GROWTH_LIMIT_BYTES = 11_000_000;

apiDatabase();
let signed: Signed;

beforeAll(async () => {
  signed = await aSignedInPerson("viewer");
  const pass = await startPass(await aConnection(), "whole", "2026-01-06T00:00:00Z");
  for (let saved = 0; saved < FINDINGS; saved += BATCH)
    await saveObservedFindings(
      pass,
      Array.from({ length: BATCH }, (_, n) =>
        anObservedFinding({
          cve: `CVE-2026-${10_000 + (n % 500)}`,
          severity: n % 4 === 0 ? "low" : "high",
          title: `Finding ${saved + n}: ${"a long title ".repeat(60)}`,
          resource: { id: `image/${n % 800}` },
        }),
      ),
    );
  await finishSyncRun(pass);
}, 120_000);

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** What is in use once nothing is left that nobody needs. */
function liveBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Reads an answer part by part and keeps none. */
async function readAndForget(route: RouteHandler, query: string) {
  const answer = await ask(route, `/api/v1/findings.any?${query}`, { headers: signed.headers });
  expect(answer.status).toBe(200);
  const before = liveBytes();
  const read = { findings: 0, sizeBytes: 0, growthBytes: 0 };
  for await (const part of answer.body ?? []) {
    read.findings += Buffer.from(part).toString("latin1").split("Finding ").length - 1;
    read.sizeBytes += part.length;
    read.growthBytes = Math.max(read.growthBytes, liveBytes() - before);
  }
  return read;
}

test.each([
  ["CSV", csv.GET],
  ["JSON Lines", jsonl.GET],
  ["SARIF", sarif.GET],
] as const)(
  "20,000 findings as %s are read in memory that does not grow with them",
  async (_, route) => {
    const { findings, sizeBytes, growthBytes } = await readAndForget(route, "status=active");
    expect(findings).toBe(FINDINGS);
    // Kept, it would be seen.
    expect(sizeBytes).toBeGreaterThan(2 * GROWTH_LIMIT_BYTES);
    expect(growthBytes).toBeLessThan(GROWTH_LIMIT_BYTES);
  },
  120_000,
);
