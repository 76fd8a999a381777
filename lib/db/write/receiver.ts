import { inTransaction } from "../database.ts";
import { saveAuditEvent } from "./audit-event.ts";
import type { Actor } from "./connections.ts";

/** `secret` is sealed by who calls: the database cannot read it. Null keeps the one that is there. */
export type StoredReceiver = { url: string; template: string; secret: unknown };

/** Keeps who hand-overs go to. */
export async function saveReceiver({ url, template, secret }: StoredReceiver, actor: Actor, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const value = { url, template, ...(secret === null ? {} : { secret }) };
    await client.query(
      `INSERT INTO setting (key, value, updated_at) VALUES ('receiver', $1, $2)
       ON CONFLICT (key) DO UPDATE SET value = setting.value || EXCLUDED.value, updated_at = EXCLUDED.updated_at`,
      [value, now],
    );
    const detail = { url, isNewSecret: secret !== null };
    await saveAuditEvent(client, { actor: actor.userName, action: "receiver.update", detail, now });
  });
}

/** Forgets who hand-overs go to, and its secret. What waits fails until there is another. */
export async function removeReceiver(actor: Actor, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const { rowCount } = await client.query("DELETE FROM setting WHERE key = 'receiver'");
    if (rowCount === 0) return;
    await saveAuditEvent(client, { actor: actor.userName, action: "receiver.remove", now });
  });
}
