import { database } from "#lib/db/database.ts";
import { closeUnseenFindings } from "#lib/db/write/closing.ts";
import { type CoveredResource, saveObservedCoverage } from "#lib/db/write/observed-coverage.ts";
import { saveObservedFindings } from "#lib/db/write/observed-findings.ts";
import { finishSyncRun } from "#lib/db/write/sync-run.ts";
import { AppError } from "#lib/domain/errors.ts";
import type { FindingStatus } from "#lib/domain/finding.ts";
import { permissionSchema } from "#lib/domain/permission.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import type { TriageAct } from "#lib/domain/triage-act.ts";
import { endSuppressions } from "#lib/usecases/end-suppressions.ts";
import { type Decider, decide, draftDecision, undoDecision } from "#lib/usecases/triage-findings.ts";
import { aSignedInPerson } from "./api.ts";
import { moveTeams, TEAM_TAGS } from "./moving-teams.ts";
import { anObservedFinding } from "./observed-finding.ts";
import { randomFrom } from "./random.ts";
import { aConnection } from "./saved-findings.ts";
import { startPass } from "./sync-passes.ts";

const HOUR_MS = 3_600_000;
const FINDINGS = 24;
const STATUSES: FindingStatus[] = ["active", "active", "active", "active", "suppressed", "closed"];

type Random = ReturnType<typeof randomFrom>;
type Writer = {
  connectionId: string;
  accounts: string[];
  decider: Decider;
  random: Random;
  decided: string[];
  movesTeams: boolean;
};

/**
 * So many syncs, decisions, undos and expiries, chosen by the seed and spread over writers that run at once: each syncs
 * accounts of its own and one that all share, and decides about findings of everybody. One of them reads another source
 * than the others, on the same images, and one changes the teams that there are. Steps are six hours apart.
 */
export async function runWriters(options: {
  writers: number;
  steps: number;
  start: Date;
  seed: number;
}): Promise<void> {
  const { caller } = await aSignedInPerson("lead");
  const decider = { ...caller, permissions: new Set(permissionSchema.options) };
  const each = Math.ceil(options.steps / options.writers);
  const work = Array.from({ length: options.writers }, async (_, number) => {
    const writer: Writer = {
      connectionId: await aConnection({ source: number === 1 ? "sarif" : "inspector" }),
      accounts: [`10000000000${number}`, "200000000000"],
      decider,
      random: randomFrom(options.seed + number),
      decided: [],
      movesTeams: number === 0,
    };
    for (let step = 0; step < each; step += 1)
      await takeStep(writer, new Date(options.start.getTime() + step * 6 * HOUR_MS + number));
  });
  await Promise.all(work);
}

async function takeStep(writer: Writer, now: Date): Promise<void> {
  if (writer.movesTeams && writer.random.below(5) === 0) await moveTeams(writer.random, writer.decider, now);
  const dice = writer.random.below(10);
  if (dice < 5) return await sync(writer, now);
  if (dice < 8) return await triage(writer, now);
  if (dice < 9) return await undo(writer, now);
  await endSuppressions(now);
}

async function sync({ connectionId, accounts, random }: Writer, now: Date): Promise<void> {
  const mode = random.below(3) === 0 ? "whole" : "incremental";
  const pass = await startPass(connectionId, mode, now.toISOString());
  if (pass.mode === "whole")
    await saveObservedCoverage(
      pass,
      accounts.flatMap((accountId) => [0, 1, 2, 3].map((image) => toCovered(accountId, image))),
    );
  await saveObservedFindings(
    pass,
    accounts.flatMap((accountId) => observations({ accountId, random, now })),
  );
  if (pass.mode === "whole") await closeUnseenFindings(pass);
  await finishSyncRun(pass);
}

/** An image that is still scanned: what ends there is fixed. */
function toCovered(accountId: string, image: number): CoveredResource {
  const { type, id } = anObservedFinding({ accountId, resource: { id: `image/${image}` } }).resource;
  return {
    accountId,
    region: "eu-west-1",
    resourceType: type,
    resourceId: id,
    scanType: "PACKAGE",
    isScanned: true,
    reason: "SUCCESSFUL",
    lineage: `image:${image}`,
  };
}

function observations({ accountId, random, now }: { accountId: string; random: Random; now: Date }) {
  const seen = Array.from({ length: FINDINGS }, (_, which) => which).filter(() => random.below(4) > 0);
  return seen.map((which) =>
    anObservedFinding({
      sourceId: `${accountId}/${which}`,
      accountId,
      type: which % 3 === 0 ? "network" : "package",
      cve: `CVE-2026-${1000 + (which % 5)}`,
      // Now and then a resource changes its lineage, and its findings move.
      resource: {
        id: `image/${which % 7}`,
        lineage: `image:${(which % 7) + (random.below(40) === 0 ? 1 : 0)}`,
        tags: { team: TEAM_TAGS[random.below(10)] ?? "red" },
      },
      // A quarter of them come and go for longer than a clock waits.
      status:
        which % 4 === 3 && Math.floor(now.getTime() / (9 * 24 * HOUR_MS)) % 2 === 0 ? "closed" : random.pick(STATUSES),
      severity: random.pick(SEVERITIES),
      fixAvailable: random.below(8) === 0 ? "yes" : "no",
      firstObservedAt: new Date(Date.parse("2026-01-01") - which * 24 * HOUR_MS),
      updatedAt: now,
    }),
  );
}

async function triage({ decider, random, decided }: Writer, now: Date): Promise<void> {
  const { rows } = await database().pool.query<{ id: string }>("SELECT id FROM finding ORDER BY source_id");
  const findingIds = rows.map(({ id }) => id).filter(() => random.below(8) === 0);
  if (findingIds.length === 0) return;
  const act = toAct(random, now);
  const draft = await draftDecision({ act, findingIds }, decider, now);
  const decision = await withoutConflict(() => decide({ draftId: draft.id, act }, decider, now));
  if (decision) decided.push(decision.id);
}

function toAct(random: Random, now: Date): TriageAct {
  const until = random.below(3) === 0 ? "fix" : new Date(now.getTime() + random.below(60) * HOUR_MS + 1).toISOString();
  const reason = "Because.";
  return random.pick<TriageAct>([
    { kind: "suppress", grounds: "accepted-risk", until, reason },
    { kind: "suppress", grounds: "not-reachable", until, reason },
    { kind: "severity", severity: random.pick(SEVERITIES), reason },
    { kind: "severity", severity: null, reason },
    { kind: "unsuppress" },
    { kind: "comment", text: reason },
  ]);
}

async function undo({ decider, decided }: Writer, now: Date): Promise<void> {
  const id = decided.pop();
  if (id) await withoutConflict(() => undoDecision(id, decider, now));
}

/** What another writer was quicker with is no fault; nor is a draft that one whose clock is ahead took for an old one. */
async function withoutConflict<T>(act: () => Promise<T>): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof AppError && ["conflict", "not-found"].includes(error.code)) return null;
    throw error;
  }
}
