import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { listConnections } from "#lib/db/read/connections.ts";
import { connectAwsSchema, connectionChangeSchema } from "#lib/domain/connection.ts";
import { queueDatabase } from "#testing/queue-database.ts";
import { changeConnection } from "./change-connection.ts";
import { connectAws } from "./connect-aws.ts";

queueDatabase();

const NOW = new Date("2026-11-01T12:00:00Z");
const admin = { personId: randomUUID(), userName: "ada" };
const role = "arn:aws:iam::111122223333:role/SightlineRead";

beforeEach(async () => {
  await database().pool.query(
    "DELETE FROM sync_run; DELETE FROM connection; DELETE FROM setting; DELETE FROM pgboss.job",
  );
});

function connect(regions: string[], roleArn: string | null = role) {
  const request = connectAwsSchema.parse({ name: "Production", roleArn, externalId: "a-long-external-id", regions });
  return connectAws(request, admin, NOW);
}

test("one connection is made a region, each with a pass and a test that wait", async () => {
  const made = await connect(["eu-west-1", "us-east-1", "eu-west-1"]);
  expect(made.map(({ region, name, roleArn, state }) => ({ region, name, roleArn, state }))).toEqual(
    ["eu-west-1", "us-east-1"].map((region) => ({ region, name: "Production", roleArn: role, state: "connected" })),
  );
  const { rows } = await database().pool.query("SELECT name, count(*)::int AS n FROM pgboss.job GROUP BY 1 ORDER BY 1");
  expect(rows).toEqual([
    { name: "sync-connection", n: 2 },
    { name: "test-connection", n: 2 },
  ]);
});

test("the same credentials cannot read a region twice, and then nothing is made", async () => {
  await connect(["eu-west-1"]);
  await expect(connect(["us-east-1", "eu-west-1"])).rejects.toMatchObject({ code: "conflict" });
  expect((await listConnections()).items).toHaveLength(1);
  await connect(["eu-west-1"], null);
  expect((await listConnections()).items).toHaveLength(2);
});

test("of two who connect the same at once, one is told", async () => {
  const results = await Promise.allSettled([connect(["eu-west-1"]), connect(["eu-west-1"])]);
  expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("each connection is in the audit log, without its external id", async () => {
  await connect(["eu-west-1"]);
  const rows = await database().prisma.auditEvent.findMany({ where: { action: "connection.create" } });
  expect(rows.at(-1)).toMatchObject({ actor: "ada", detail: { region: "eu-west-1", roleArn: role } });
  expect(JSON.stringify(rows)).not.toContain("a-long-external-id");
});

test("intervals can be changed, and a shorter one brings the next pass nearer", async () => {
  const [made] = await connect(["eu-west-1"]);
  const id = made?.id ?? "";
  await changeConnection(id, connectionChangeSchema.parse({ incrementalEveryMinutes: 15 }), admin, NOW);
  const { items } = await listConnections();
  expect(items[0]).toMatchObject({
    incrementalEveryMinutes: 15,
    wholeEveryMinutes: 1_440,
    nextRunAt: "2026-11-01T12:15:00.000Z",
  });
  await expect(changeConnection(randomUUID(), { name: "x" }, admin, NOW)).rejects.toMatchObject({ code: "not-found" });
});

test.each([{}, { wholeEveryMinutes: 0 }, { wholeEveryMinutes: 7 * 1440 + 1 }, { roleArn: role }, { name: " " }])(
  "a change that makes no sense is refused: %j",
  (change) => {
    expect(connectionChangeSchema.safeParse(change).success).toBe(false);
  },
);

test.each(["arn:aws:iam::1:role/x", "arn:aws:iam::111122223333:user/x", "arn:aws:s3:::bucket", "role"])(
  "%s is no role to assume",
  (roleArn) => {
    const request = { name: "x", roleArn, externalId: null, regions: ["eu-west-1"] };
    expect(connectAwsSchema.safeParse(request).success).toBe(false);
  },
);
