import { beforeEach, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { getDecision } from "#lib/db/read/triage-decisions.ts";
import { verifyRollups } from "#lib/db/write/verify-rollups.ts";
import { findingConditionsSchema } from "#lib/domain/finding-filter.ts";
import { permissionSchema } from "#lib/domain/permission.ts";
import { aSignedInPerson } from "#testing/api.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { queueDatabase } from "#testing/queue-database.ts";
import { saveFindings } from "#testing/saved-findings.ts";
import { carryOutDecision } from "./carry-out-decision.ts";
import { type Decider, decide, draftDecision, undoDecision } from "./triage-findings.ts";

queueDatabase();

const NOW = new Date("2026-02-01T12:00:00Z");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const MANY = 6_000; // more than one part
const signal = new AbortController().signal;
const act = { kind: "suppress", grounds: "accepted-risk", until: "2026-03-01T00:00:00.000Z", reason: "Old." } as const;

let decider: Decider;
beforeEach(async () => {
  await clearFindings();
  const { caller } = await aSignedInPerson("lead");
  decider = { ...caller, permissions: new Set(permissionSchema.options) };
  await saveFindings(
    Array.from({ length: MANY }, (_, index) =>
      anObservedFinding({
        accountId: index % 2 === 0 ? "111122223333" : "444455556666",
        cve: `CVE-2026-${index % 50}`,
        resource: { id: `image/${index % 40}`, lineage: `image:${index % 40}` },
        raw: undefined,
      }),
    ),
  );
});

async function decideAboutAll(): Promise<string> {
  const filter = findingConditionsSchema.parse({ status: "active" });
  const { id: draftId } = await draftDecision({ act, filter }, decider, NOW);
  const decision = await decide({ draftId, act }, decider, NOW);
  expect(decision).toMatchObject({ state: "running", done: 0, total: MANY });
  return draftId;
}

async function countEvents(kind: string): Promise<number> {
  const { rows } = await database().pool.query("SELECT count(*)::int AS n FROM lifecycle_event WHERE kind = $1", [
    kind,
  ]);
  return rows[0].n;
}

test("a decision about many is a job of the worker: two workers at once carry it out once", async () => {
  const id = await decideAboutAll();
  const { rows } = await database().pool.query("SELECT data FROM pgboss.job WHERE name = 'carry-out-decision'");
  expect(rows.map(({ data }) => data)).toContainEqual({ id });
  await expect(undoDecision(id, decider, NOW)).rejects.toMatchObject({ code: "conflict" });
  await Promise.all([carryOutDecision(id, signal, () => later(1)), carryOutDecision(id, signal, () => later(1))]);
  expect(await getDecision(id, later(1))).toMatchObject({
    state: "done",
    done: MANY,
    outcome: { changed: MANY, leftOut: {} },
  });
  expect(await countEvents("suppressed")).toBe(MANY);
  expect(await verifyRollups()).toEqual([]);
});

test("broken off between two parts, it goes on where it was; its undo is a job too", async () => {
  const id = await decideAboutAll();
  const broken = new AbortController();
  broken.abort(new Error("The worker stops"));
  await expect(carryOutDecision(id, broken.signal, () => later(1))).rejects.toThrow("The worker stops");
  expect(await getDecision(id, later(1))).toMatchObject({ state: "running", done: 5_000, total: MANY });
  await carryOutDecision(id, signal, () => later(2));
  expect(await undoDecision(id, decider, later(3))).toMatchObject({ state: "undoing", done: 0, total: MANY });
  await carryOutDecision(id, signal, () => later(4));
  expect(await getDecision(id, later(4))).toMatchObject({ state: "undone", undo: { outcome: { changed: MANY } } });
  expect(await countEvents("unsuppressed")).toBe(MANY);
  expect(await verifyRollups()).toEqual([]);
});
