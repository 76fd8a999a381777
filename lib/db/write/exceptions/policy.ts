import type { ExceptionPolicy } from "#lib/domain/exception.ts";
import { inTransaction } from "../../database.ts";
import { saveAuditEvent } from "../audit-event.ts";
import type { Actor } from "../connections.ts";

/** Says how exceptions are made from now on. What is made already stays as it is. */
export async function saveExceptionPolicy(policy: ExceptionPolicy, actor: Actor, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    await client.query(
      `INSERT INTO setting (key, value, updated_at) VALUES ('exceptions', $1, $2)
       ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value, updated_at = EXCLUDED.updated_at`,
      [policy, now],
    );
    await saveAuditEvent(client, { actor: actor.userName, action: "exception-policy.change", detail: policy, now });
  });
}
