import { z } from "zod";
import type { HandOver } from "#lib/domain/hand-over.ts";
import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";

const MOST_SHOWN = 50;

const storedSchema = z.object({ url: z.string(), template: z.string(), secret: z.unknown() });

/** Who hand-overs go to, with its sealed secret; null where nobody is set. */
export async function findReceiver(): Promise<z.infer<typeof storedSchema> | null> {
  const [row] = await ask<{ value: unknown }>(Prisma.sql`SELECT value FROM setting WHERE key = 'receiver'`);
  return row ? storedSchema.parse(row.value) : null;
}

/** The link of an issue, and who set it. */
export async function findTicket(
  accountId: string,
  issueId: string,
): Promise<{ url: string; setBy: string | null } | null> {
  const [row] = await ask<{ url: string; setBy: string | null }>(Prisma.sql`
    SELECT t.url, p.user_name AS "setBy" FROM ticket t LEFT JOIN person p ON p.id = t.set_by
    WHERE t.account_id = ${accountId} AND t.issue_id = ${issueId}::uuid`);
  return row ?? null;
}

/** The last hand-overs of an issue, the newest first. */
export const listHandOversOf = (accountId: string, issueId: string): Promise<HandOver[]> =>
  select(Prisma.sql`h.account_id = ${accountId} AND h.issue_id = ${issueId}::uuid`);

/** The last hand-overs of all, the newest first, tests included. */
export const listHandOvers = (): Promise<HandOver[]> => select(Prisma.sql`true`);

type HandOverRow = Omit<HandOver, "finding" | "madeBy"> & {
  findingId: string | null;
  title: string;
  madeBy: string | null;
};

async function select(condition: Prisma.Sql): Promise<HandOver[]> {
  const iso = (name: string) => Prisma.raw(`to_char(h.${name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
  const rows = await ask<HandOverRow>(Prisma.sql`
    SELECT h.id, h.finding_id AS "findingId", h.title, h.state, h.attempts, h.failure, p.user_name AS "madeBy",
      ${iso("made_at")} AS "madeAt", ${iso("delivered_at")} AS "deliveredAt", ${iso("next_attempt_at")} AS "nextAttemptAt"
    FROM hand_over h LEFT JOIN person p ON p.id = h.made_by
    WHERE ${condition} ORDER BY h.id DESC LIMIT ${MOST_SHOWN}`);
  return rows.map(({ findingId, title, madeBy, ...row }) => ({
    ...row,
    finding: findingId === null ? null : { id: findingId, title },
    madeBy: madeBy ?? "somebody who is gone",
  }));
}
