import { afterEach, expect, test } from "vitest";
import { findingFilterSchema } from "#lib/domain/finding-filter.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { noteVisit } from "#lib/usecases/note-visit.ts";
import { aPerson } from "#testing/a-person.ts";
import { appDatabase } from "#testing/app-database.ts";
import { clearFindings } from "#testing/clear-findings.ts";
import { anObservedFinding } from "#testing/observed-finding.ts";
import { aConnection } from "#testing/saved-findings.ts";
import { startPass, wholePass } from "#testing/sync-passes.ts";
import { database } from "../database.ts";
import { finishSyncRun } from "../write/sync-run.ts";
import { saveLook } from "../write/visits.ts";
import { listFindings } from "./list-findings.ts";
import { getOverview } from "./overview.ts";

appDatabase();
afterEach(async () => {
  await clearFindings();
  await database().pool.query("DELETE FROM person");
});

const NOW = new Date();
const ALL = { team: [] };
const january = (day: number, time = "06:00") => new Date(`2026-01-${String(day).padStart(2, "0")}T${time}:00Z`);
const pass = (connectionId: string, day: number, observed: ObservedFinding[]) =>
  wholePass(connectionId, january(day).toISOString(), observed);

test("an installation that has read nothing has an overview of zeros", async () => {
  const { id } = await aPerson();
  const overview = await getOverview(id, ALL, NOW);
  expect(overview).toMatchObject({
    asOf: null,
    firstSyncAt: null,
    critical: { open: 0, before: null, new: 0, fixed: 0 },
    knownExploited: { findings: 0, vulnerabilities: 0, resources: 0 },
    notScanned: { resources: 0, notScanned: 0, reasons: [] },
    worst: [],
    fixes: [],
    scans: [],
    freshness: { scopes: [] },
  });
  expect(overview.matrix.rows.map(({ severity, open }) => [severity, open])).toEqual(
    SEVERITIES.map((severity) => [severity, 0]),
  );
});

test("since one's last visit: what came, came back and went after it, to the instant", async () => {
  const { id } = await aPerson();
  const connectionId = await aConnection();
  const [gone, staying, back] = [1, 2, 3].map(() => anObservedFinding({ severity: "critical" }));
  if (!gone || !staying || !back) throw new Error("unreachable");
  await pass(connectionId, 1, [gone, staying, back]);
  await pass(connectionId, 2, [gone, staying]);
  await saveLook(id, january(2));
  const fresh = [anObservedFinding({ severity: "critical" }), anObservedFinding({ severity: "low" })];
  await pass(connectionId, 3, [staying, ...fresh]);
  await pass(connectionId, 4, [staying, ...fresh, { ...back, updatedAt: january(4) }]);
  const { since, critical, matrix } = await getOverview(id, ALL, NOW);
  expect(since).toMatchObject({
    kind: "visit",
    at: january(2).toISOString(),
    new: 2,
    reopened: 1,
    notReported: 1,
    fixed: 0,
  });
  expect(critical).toEqual({ open: 3, before: 2, new: 1, fixed: 0 });
  expect(matrix.total).toMatchObject({ open: 4, new: 2, bySource: { inspector: 4 } });
  const moved = { movement: "new", movedFrom: since.from, movedTo: since.to };
  expect((await listFindings(findingFilterSchema.parse(moved))).total).toEqual({ count: 2, exact: true });
});

test("looks of one visit are one; an hour without a look ends it; other people's visits are theirs", async () => {
  const person = await aPerson();
  const other = await aPerson({ userName: "other" });
  const sinceOf = async ({ id }: { id: string }) => (await getOverview(id, ALL, NOW)).since;
  expect(await sinceOf(person)).toMatchObject({ kind: "week" });
  await saveLook(person.id, january(1, "08:00"));
  await saveLook(person.id, january(1, "08:50"));
  await saveLook(person.id, january(2, "09:00"));
  const { lookedAt, lastVisitAt } = await database().prisma.person.findUniqueOrThrow({ where: { id: person.id } });
  expect([lookedAt, lastVisitAt]).toEqual([january(2, "09:00"), january(1, "08:50")]);
  expect(await sinceOf(person)).toMatchObject({ kind: "visit", at: january(2, "09:00").toISOString() });
  await saveLook(person.id, NOW);
  await saveLook(person.id, january(3, "09:00"));
  expect(await sinceOf(person)).toMatchObject({ at: january(2, "09:00").toISOString() });
  expect(await sinceOf(other)).toMatchObject({ kind: "week" });
});

test("a look while the past is being written is no visit", async () => {
  const person = await aPerson();
  const connectionId = await aConnection();
  await pass(connectionId, 1, [anObservedFinding()]);
  const running = await startPass(connectionId, "whole", january(2).toISOString());
  await noteVisit(person.id);
  expect((await getOverview(person.id, ALL, NOW)).since.kind).toBe("week");
  await finishSyncRun({ ...running, heldScopes: 0 });
  await noteVisit(person.id);
  const { lookedAt } = await database().prisma.person.findUniqueOrThrow({ where: { id: person.id } });
  expect(lookedAt?.getTime()).toBeGreaterThan(NOW.getTime() - 60_000);
});

const packageOf = (name: string, fixedIn: string | null, manager: string) => ({
  name,
  version: "1.0",
  fixedIn,
  manager,
  path: null,
  remediation: null,
});
const resource = (id: string, lineage: string, type = "AWS_ECR_CONTAINER_IMAGE") => ({ id, name: id, lineage, type });

test("what closes the most comes first, once, and opens exactly the findings that it closes", async () => {
  const { id } = await aPerson();
  const api = (digest: string) => resource(`api@${digest}`, "image:123456789012/team/api");
  const worker = resource("worker", "function:eu-west-1/worker", "AWS_LAMBDA_FUNCTION");
  const host = resource("i-1", "resource:i-1", "AWS_EC2_INSTANCE");
  const observed = [
    ...["openssl", "zlib"].flatMap((name) =>
      ["one", "two"].map((digest) =>
        anObservedFinding({
          resource: api(digest),
          packages: [packageOf(name, "2.0", "OS")],
          knownExploitedAt: january(1),
        }),
      ),
    ),
    anObservedFinding({ resource: api("one"), packages: [packageOf("bash", null, "OS")], fixAvailable: "no" }),
    ...[1, 2, 3].map(() => anObservedFinding({ resource: worker, packages: [packageOf("a,b", "3.1, 4.0", "NPM")] })),
    ...[1, 2].map(() => anObservedFinding({ resource: host, packages: [packageOf("stdlib", "1.24.2", "GOBINARY")] })),
  ];
  await pass(await aConnection(), 1, observed);
  const { fixes } = await getOverview(id, ALL, NOW);
  expect(
    fixes?.map(({ kind, place, packageName, findings, resources }) => [kind, place, packageName, findings, resources]),
  ).toEqual([
    ["base-image", "team/api", null, 4, 2],
    ["package", "worker", "a,b", 3, 1],
    ["runtime", "i-1", "stdlib", 2, 1],
  ]);
  expect(fixes?.[0]).toMatchObject({
    knownExploited: 4,
    bySeverity: { high: 4 },
    resourceType: "AWS_ECR_CONTAINER_IMAGE",
  });
  for (const { filter, findings } of fixes ?? []) {
    const query = findingFilterSchema.parse(Object.fromEntries(new URLSearchParams(filter)));
    expect((await listFindings(query)).items).toHaveLength(findings);
  }
});

test("only an image of a container is rebuilt on another base: a machine is not", async () => {
  const { id } = await aPerson();
  const image = resource("api", "image:team/api", "Microsoft.ContainerRegistry/registry/containerImage");
  const machine = resource("vm-1", "resource:vm-1", "Microsoft.Compute/virtualMachines");
  const machineImage = resource("ami-1", "resource:ami-1", "MACHINE_IMAGE");
  const observed = [image, machine, machineImage].flatMap((on) =>
    ["openssl", "zlib"].map((name) =>
      anObservedFinding({ resource: on, packages: [packageOf(name, "2.0", "OS")], fixAvailable: "yes" }),
    ),
  );
  await pass(await aConnection(), 1, observed);
  const { fixes } = await getOverview(id, ALL, NOW);
  const rebuilt = (fixes ?? []).filter(({ kind }) => kind === "base-image");
  expect(rebuilt.map(({ resourceType }) => resourceType)).toEqual([image.type]);
});
