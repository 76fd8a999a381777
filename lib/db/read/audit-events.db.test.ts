import { expect, test } from "vitest";
import { auditEventFilterSchema } from "#lib/domain/audit-event.ts";
import { appDatabase } from "#testing/app-database.ts";
import { database, inTransaction } from "../database.ts";
import { saveAuditEvent } from "../write/audit-event.ts";
import { listAuditEvents } from "./audit-events.ts";

appDatabase();
const filter = (query: Record<string, string> = {}) => auditEventFilterSchema.parse(query);

test("paging gives every event once, newest first, also where many share an instant", async () => {
  await inTransaction(async (client) => {
    for (let index = 0; index < 23; index++) {
      const now = new Date(Date.UTC(2026, 4, 1, 8, 0, Math.floor(index / 5)));
      await saveAuditEvent(client, {
        actor: index % 2 ? "anna" : "bert",
        action: "token.create",
        target: `${index}`,
        now,
      });
    }
  });
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await listAuditEvents(filter({ limit: "4", ...(cursor ? { cursor } : {}) }));
    seen.push(...page.items.map((event) => `${event.at} ${event.id}`));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toHaveLength(23);
  expect(seen).toEqual([...new Set(seen)].sort().reverse());
  const byAnna = await listAuditEvents(filter({ actor: "anna" }));
  expect(byAnna.items.map((event) => event.actor)).toEqual(Array(11).fill("anna"));
});

test.each(["x", "WzFd", "eyJhIjoxfQ", Buffer.from('["2026-01-01","1"]').toString("base64url")])(
  "a cursor that is none of ours is refused by name: %s",
  async (cursor) => {
    await expect(listAuditEvents(filter({ cursor }))).rejects.toMatchObject({
      code: "invalid-input",
      faults: [{ field: "cursor" }],
    });
  },
);

test("nobody edits the audit log, not even the application", async () => {
  await inTransaction((client) => saveAuditEvent(client, { actor: "anna", action: "token.create", now: new Date() }));
  await expect(database().pool.query("UPDATE audit_event SET actor = 'bert'")).rejects.toThrow("never edited");
  await expect(database().pool.query("DELETE FROM audit_event")).rejects.toThrow("never edited");
  await expect(database().pool.query("TRUNCATE audit_event")).rejects.toThrow("permission denied");
});
