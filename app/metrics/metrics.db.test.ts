import { expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { apiDatabase, aSignedInPerson, ask, aTokenOf, BOOTSTRAP_TOKEN, bearer } from "#testing/api.ts";
import { GET } from "./route.ts";

apiDatabase();

test("metrics are for holders of metrics:read", async () => {
  const admin = await aSignedInPerson("admin");
  const lead = await aSignedInPerson("lead");
  expect((await ask(GET, "/metrics")).status).toBe(401);
  expect((await ask(GET, "/metrics", { headers: lead.headers })).status).toBe(403);
  const token = await aTokenOf(admin.caller, ["metrics:read"]);
  expect((await ask(GET, "/metrics", { headers: bearer(token) })).status).toBe(200);
});

test("metrics count stored findings and sync runs, and time requests by route", async () => {
  await database().pool.query(`INSERT INTO finding_cube VALUES
    ('1', 'inspector', 'package', 'active', 'critical', 'yes', 'no', false, false, 3),
    ('2', 'inspector', 'package', 'active', 'critical', 'yes', 'no', false, false, 4)`);
  await ask(GET, "/metrics", { headers: bearer(BOOTSTRAP_TOKEN) });
  const text = await (await ask(GET, "/metrics", { headers: bearer(BOOTSTRAP_TOKEN) })).text();
  expect(text).toContain('sightline_findings{status="active",severity="critical"} 7');
  expect(text).toMatch(
    /sightline_http_request_duration_seconds_count\{method="GET",route="\/metrics",status="200"\} \d/,
  );
});

test("metrics tell what the database takes, and when an index was last rebuilt", async () => {
  const { pool } = database();
  await pool.query(
    "INSERT INTO index_upkeep VALUES ('one', 1, 1, '2026-01-01T00:00:00Z'), ('other', 1, 1, '2026-01-02T00:00:00Z')",
  );
  const text = await (await ask(GET, "/metrics", { headers: bearer(BOOTSTRAP_TOKEN) })).text();
  const { rows } = await pool.query<{ bytes: number }>("SELECT pg_indexes_size('finding')::int AS bytes");
  const indexes = Number(/sightline_database_bytes\{part="indexes"\} (\d+)/.exec(text)?.[1]);
  expect(indexes).toBeGreaterThan(rows[0]?.bytes ?? Number.POSITIVE_INFINITY);
  expect(text).toMatch(/sightline_database_bytes\{part="rows"\} [1-9]/);
  expect(text).toContain(`sightline_indexes_rebuilt_timestamp_seconds ${Date.UTC(2026, 0, 2) / 1000}`);
});
