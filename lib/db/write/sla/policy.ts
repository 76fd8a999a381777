import type pg from "pg";
import { AppError } from "#lib/domain/errors.ts";
import type { NewPolicy, SlaRule } from "#lib/domain/sla.ts";
import { inTransaction } from "../../database.ts";
import { saveAuditEvent } from "../audit-event.ts";
import { askToApply } from "../teams/apply-rules.ts";
import { lockRules } from "../teams/rules-lock.ts";

type Person = { personId: string; userName: string };

/**
 * Appends a version of the policy, in force from now on; the job that carries it out is queued with it. Returns its
 * number. Throws AppError: conflict when somebody saved another version meanwhile, invalid-input for a team that there
 * is not; then nothing is written.
 */
export async function savePolicy({ basedOn, rules }: NewPolicy, person: Person, now: Date): Promise<number> {
  return await inTransaction(async (client) => {
    await lockRules(client);
    const { rows } = await client.query<{ last: number }>(
      "SELECT coalesce(max(number), 0)::int AS last FROM sla_version",
    );
    const last = rows[0]?.last ?? 0;
    if (last !== basedOn) {
      const message = `Version ${last} is in force by now: somebody saved it after you had looked. Change that one`;
      throw new AppError("conflict", `${message}.`, { faults: [{ field: "basedOn", message }] });
    }
    await refuseUnknownTeams(client, rules);
    const number = last + 1;
    await saveVersion(client, { number, rules }, person, now);
    await askToApply(client, now);
    const detail = { rules };
    await saveAuditEvent(client, { actor: person.userName, action: "sla.change", target: String(number), detail, now });
    return number;
  });
}

async function saveVersion(
  client: pg.ClientBase,
  { number, rules }: { number: number; rules: SlaRule[] },
  { personId }: Person,
  now: Date,
): Promise<void> {
  await client.query("INSERT INTO sla_version (number, valid_from, saved_by) VALUES ($1, $2, $3)", [
    number,
    now,
    personId,
  ]);
  const rows = rules.flatMap(({ level, id, days }) =>
    Object.entries(days).map(([field, count]) => ({ level, scope_id: id ?? "", field, days: count })),
  );
  await client.query(
    `INSERT INTO sla_rule (version, level, scope_id, field, days)
     SELECT $1, level, scope_id, field, days
     FROM jsonb_to_recordset($2) AS r (level text, scope_id text, field text, days int)`,
    [number, JSON.stringify(rows)],
  );
}

async function refuseUnknownTeams(client: pg.ClientBase, rules: SlaRule[]): Promise<void> {
  const { rows } = await client.query<{ id: string }>("SELECT id FROM team");
  const known = new Set(rows.map(({ id }) => id));
  const faults = rules.flatMap(({ level, id }, index) =>
    level === "team" && id !== null && !known.has(id)
      ? [{ field: `rules.${index}.id`, message: `There is no team ${id}` }]
      : [],
  );
  if (faults.length > 0) throw new AppError("invalid-input", "A rule is for a team that there is not.", { faults });
}
