import type { SourceName } from "#lib/domain/finding.ts";
import { database } from "../../database.ts";
import { ensureHistoryMonth, inAccountsOfSources } from "../write-transaction.ts";
import { applySettings } from "./carry-out.ts";
import type { Setting } from "./field-value.ts";
import { listTriageRows } from "./triage-row.ts";

const AT_ONCE = 1_000;

type Expired = { id: string; source: SourceName; accountId: string };

/** Lifts suppressions whose time has run out, some a transaction. Returns how many. What is closed stays closed. */
export async function liftExpired(now: Date): Promise<number> {
  await ensureHistoryMonth(now);
  let total = 0;
  for (;;) {
    const expired = await listExpired(now);
    if (expired.length === 0) return total;
    const lifted = await inAccountsOfSources(expired, async (client) => {
      const rows = await listTriageRows(
        client,
        "suppression",
        expired.map(({ id }) => id),
      );
      const settings = rows
        // Under the locks: it may have been prolonged meanwhile.
        .filter(({ hold }) => hold?.expires_at && new Date(hold.expires_at) <= now)
        .map((row): Setting => ({ row, next: { field: "suppression", value: null } }));
      await applySettings(client, {
        field: "suppression",
        settings,
        cause: "expiry",
        actorId: null,
        decisionId: null,
        now,
      });
      return settings.length;
    });
    if (lifted === 0) return total;
    total += lifted;
  }
}

async function listExpired(now: Date): Promise<Expired[]> {
  const { rows } = await database().pool.query<Expired>(
    `SELECT f.id, f.source, f.account_id AS "accountId" FROM finding_hold h
     JOIN finding f ON f.account_id = h.account_id AND f.id = h.finding_id
     WHERE h.kind = 'person' AND h.expires_at <= $1 ORDER BY f.account_id, f.id LIMIT $2`,
    [now, AT_ONCE],
  );
  return rows;
}
