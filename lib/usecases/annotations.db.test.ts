import { beforeEach, expect, test } from "vitest";
import { database } from "#lib/db/database.ts";
import { listAnnotations } from "#lib/db/read/annotations.ts";
import { listAuditEvents } from "#lib/db/read/audit-events.ts";
import { annotationsQuerySchema, newAnnotationSchema } from "#lib/domain/annotation.ts";
import { auditEventFilterSchema } from "#lib/domain/audit-event.ts";
import { aSignedInPerson } from "#testing/api.ts";
import { queueDatabase } from "#testing/queue-database.ts";
import { addAnnotation, changeAnnotation, removeAnnotation } from "./annotations.ts";

queueDatabase();

const NOW = new Date("2026-02-10T12:00:00Z");
const GONE = "01900000-0000-7000-8000-000000000001";

let lead: { personId: string; userName: string };
beforeEach(async () => {
  await database().pool.query("DELETE FROM annotation");
  await database().pool.query("DELETE FROM exception_rule");
  lead = (await aSignedInPerson("lead")).caller;
});

const note = (day: string, text: string) =>
  addAnnotation(newAnnotationSchema.parse({ day, kind: "release", text }), lead, NOW);
const list = (query: object = {}) => listAnnotations(annotationsQuerySchema.parse(query));

test("pages hold what was noted on the days asked for, the latest first, each once", async () => {
  for (const day of ["2026-01-31", "2026-02-01", "2026-02-01", "2026-02-28", "2026-03-01"])
    await note(day, `on ${day}`);
  const days = { from: "2026-02-01", to: "2026-02-28", limit: "2" };
  const first = await list(days);
  const second = await list({ ...days, cursor: first.nextCursor });
  expect([...first.items, ...second.items].map(({ day }) => day)).toEqual(["2026-02-28", "2026-02-01", "2026-02-01"]);
  expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(3);
  expect(second.nextCursor).toBeNull();
});

test("a change leaves what it does not name, and the audit log keeps what was taken back", async () => {
  const { id } = await note("2026-02-01", "Release 4.2");
  await changeAnnotation(id, { link: "https://ci.example.com/4.2" }, lead, NOW);
  await changeAnnotation(id, { text: "Release 4.2.1" }, lead, NOW);
  expect((await list()).items).toEqual([
    {
      id,
      day: "2026-02-01",
      kind: "release",
      text: "Release 4.2.1",
      link: "https://ci.example.com/4.2",
      createdBy: lead.userName,
    },
  ]);
  await changeAnnotation(id, { link: null }, lead, NOW);
  expect((await list()).items[0]?.link).toBeNull();
  await removeAnnotation(id, lead, NOW);
  expect((await list()).items).toEqual([]);
  const { items } = await listAuditEvents(auditEventFilterSchema.parse({ actor: lead.userName }));
  expect(items.map(({ action }) => action).sort()).toEqual([
    "annotation.change",
    "annotation.change",
    "annotation.change",
    "annotation.create",
    "annotation.delete",
  ]);
  expect(items.find(({ action }) => action === "annotation.delete")?.detail).toMatchObject({ text: "Release 4.2.1" });
});

test("what is gone can be neither changed nor taken back", async () => {
  await expect(changeAnnotation(GONE, { text: "x" }, lead, NOW)).rejects.toMatchObject({ code: "not-found" });
  await expect(removeAnnotation(GONE, lead, NOW)).rejects.toMatchObject({ code: "not-found" });
});

type Version = { number: number; madeAt: string; decision?: "approved" | "declined"; decidedAt?: string };

async function aRule(live: number | null, versions: Version[], endedAt: string | null = null): Promise<void> {
  const { rows } = await database().pool.query<{ id: string }>(
    `INSERT INTO exception_rule (id, state, live, created_at, created_by, ended_at, end_cause)
     VALUES (gen_random_uuid(), CASE WHEN $4::timestamptz IS NULL THEN 'awaiting' ELSE 'ended' END, $1, $2, $3, $4,
       CASE WHEN $4::timestamptz IS NULL THEN NULL ELSE 'expiry' END) RETURNING id`,
    [live, versions[0]?.madeAt, lead.personId, endedAt],
  );
  for (const { number, madeAt, decision, decidedAt } of versions)
    await database().pool.query(
      `INSERT INTO exception_version (rule_id, number, query, grounds, reason, until_fix, holds_grave, owner_id, made_at, made_by, decision, decided_at)
       VALUES ($1, $2, '', 'accepted-risk', $3, true, false, $4, $5, $4, $6, $7)`,
      [rows[0]?.id, number, `Reason\n${number}`, lead.personId, madeAt, decision ?? null, decidedAt ?? null],
    );
}

test("exceptions stand there by themselves: on the UTC day of their approval, and of their end", async () => {
  await aRule(
    3,
    [
      { number: 1, madeAt: "2026-01-01T00:00:00Z", decision: "declined", decidedAt: "2026-01-02T00:00:00Z" },
      { number: 2, madeAt: "2026-01-03T00:00:00Z", decision: "approved", decidedAt: "2026-01-04T23:30:00Z" },
      { number: 3, madeAt: "2026-01-20T00:00:00Z" },
    ],
    "2026-02-01T00:30:00Z",
  );
  await aRule(null, [{ number: 1, madeAt: "2026-01-05T00:00:00Z", decision: "declined" }]);
  await note("2026-01-10", "Release");
  expect((await list()).items.map(({ id, day, text }) => [id === null, day, text])).toEqual([
    [true, "2026-02-01", "Ended: Reason 3"],
    [false, "2026-01-10", "Release"],
    [true, "2026-01-04", "Granted: Reason 3"],
  ]);
});
