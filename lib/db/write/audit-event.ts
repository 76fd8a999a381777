import type { ClientBase } from "pg";
import { v7 as uuidv7 } from "uuid";

export type NewAuditEvent = {
  /** A user name, `bootstrap`, or `system`. */
  actor: string;
  /** noun.verb, as in `connection.create`. */
  action: string;
  target?: string;
  /** No secret ever goes in here. */
  detail?: Record<string, unknown>;
  now: Date;
};

/** Records a change inside the transaction that makes it: neither is ever there without the other. */
export async function saveAuditEvent(client: ClientBase, event: NewAuditEvent): Promise<void> {
  await client.query(
    "INSERT INTO audit_event (id, at, actor, action, target, detail) VALUES ($1, $2, $3, $4, $5, $6)",
    [uuidv7(), event.now, event.actor, event.action, event.target ?? null, event.detail ?? {}],
  );
}
