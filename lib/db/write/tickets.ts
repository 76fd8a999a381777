import type pg from "pg";
import { AppError } from "#lib/domain/errors.ts";
import { inTransaction } from "../database.ts";
import { saveAuditEvent } from "./audit-event.ts";
import type { Actor } from "./connections.ts";

/** Keeps where the issue of a finding is worked on, or takes that away. Throws AppError not-found. */
export async function saveTicket(findingId: string, url: string | null, actor: Actor, now: Date): Promise<void> {
  await inTransaction(async (client) => {
    const { rows } = await client.query<{ account_id: string; issue_id: string }>(
      "SELECT account_id, issue_id FROM finding WHERE id = $1",
      [findingId],
    );
    const [issue] = rows;
    if (!issue) throw new AppError("not-found", "No finding has this id.");
    const { account_id: accountId, issue_id: issueId } = issue;
    if (url === null)
      await client.query("DELETE FROM ticket WHERE account_id = $1 AND issue_id = $2", [accountId, issueId]);
    else await putTicket(client, { accountId, issueId, url, setBy: actor.personId, now });
    const detail = { url };
    await saveAuditEvent(client, { actor: actor.userName, action: "finding.ticket", target: findingId, detail, now });
  });
}

type NewTicket = { accountId: string; issueId: string; url: string; setBy: string; now: Date };

async function putTicket(client: pg.ClientBase, { accountId, issueId, url, setBy, now }: NewTicket): Promise<void> {
  await client.query(
    `INSERT INTO ticket (account_id, issue_id, url, set_at, set_by) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (account_id, issue_id) DO UPDATE SET url = EXCLUDED.url, set_at = EXCLUDED.set_at, set_by = EXCLUDED.set_by`,
    [accountId, issueId, url, now, setBy],
  );
}

/** Keeps what the receiver answered with; a person's own link stays. Returns whether it is kept. */
export async function keepReceiversTicket(
  client: pg.ClientBase,
  { accountId, issueId, url, now }: Omit<NewTicket, "setBy">,
): Promise<boolean> {
  const { rowCount } = await client.query(
    "INSERT INTO ticket (account_id, issue_id, url, set_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    [accountId, issueId, url, now],
  );
  return rowCount === 1;
}
