import type pg from "pg";
import { AppError } from "#lib/domain/errors.ts";
import type { NewTeam, TeamChange, TeamRule } from "#lib/domain/team.ts";
import { MY_TEAMS, NO_TEAM } from "#lib/domain/team-words.ts";
import { inTransaction } from "../../database.ts";
import { toRuleRows } from "../../team-rules.ts";
import { saveAuditEvent } from "../audit-event.ts";
import { askToApply } from "./apply-rules.ts";
import { lockRules } from "./rules-lock.ts";

type Person = { personId: string; userName: string };

const MOST_TEAMS = 500;

/** Saves a team behind the others. Throws AppError: conflict for an id or a name that is taken, invalid-input for members. */
export async function saveTeam(team: NewTeam & { id: string }, { userName }: Person, now: Date): Promise<void> {
  const { id, name, rules, members } = team;
  await changeRules(now, async (client) => {
    const { rows } = await client.query<{ id: string; name: string }>("SELECT id, name FROM team");
    if (rows.length >= MOST_TEAMS) throw new AppError("conflict", `There are ${MOST_TEAMS} teams: delete one first.`);
    if (rows.some((other) => other.id === id)) throw taken("id", `A team has the id ${id} already. Choose another.`);
    refuseName(rows, { id, name });
    await client.query("INSERT INTO team (id, name, position, created_at) VALUES ($1, $2, $3, $4)", [
      id,
      name,
      rows.length + 1,
      now,
    ]);
    await saveRules(client, id, rules);
    await saveMembers(client, id, members);
    const detail = { name, rules, members };
    await saveAuditEvent(client, { actor: userName, action: "team.create", target: id, detail, now });
  });
}

/** Changes a team. Throws AppError: not-found, conflict for a name that is taken, invalid-input for members. */
export async function saveTeamChange(id: string, change: TeamChange, { userName }: Person, now: Date): Promise<void> {
  const { name, rules, members } = change;
  await changeRules(now, async (client) => {
    const { rows } = await client.query<{ id: string; name: string }>("SELECT id, name FROM team");
    refuseUnknown(rows, id);
    if (name !== undefined) {
      refuseName(rows, { id, name });
      await client.query("UPDATE team SET name = $2 WHERE id = $1", [id, name]);
    }
    if (rules !== undefined) await saveRules(client, id, rules);
    if (members !== undefined) await saveMembers(client, id, members);
    await saveAuditEvent(client, { actor: userName, action: "team.change", target: id, detail: change, now });
  });
}

/** Deletes a team; its places go to the next that matches them, or to none. Throws AppError not-found. */
export async function deleteTeam(id: string, { userName }: Person, now: Date): Promise<void> {
  await changeRules(now, async (client) => {
    const { rows } = await client.query<{ name: string; position: number }>(
      "DELETE FROM team WHERE id = $1 RETURNING name, position",
      [id],
    );
    const [team] = rows;
    if (!team) throw unknown(id);
    await client.query("UPDATE team SET position = position - 1 WHERE position > $1", [team.position]);
    await client.query("UPDATE person SET default_team_id = NULL WHERE default_team_id = $1", [id]);
    const detail = { name: team.name };
    await saveAuditEvent(client, { actor: userName, action: "team.delete", target: id, detail, now });
  });
}

/** Puts the teams into this order. Throws AppError conflict when it is not every team once. */
export async function saveTeamOrder(ids: string[], { userName }: Person, now: Date): Promise<void> {
  await changeRules(now, async (client) => {
    const { rows } = await client.query<{ id: string }>("SELECT id FROM team ORDER BY position");
    const isWhole = rows.length === ids.length && new Set(ids).size === ids.length;
    if (!isWhole || rows.some(({ id }) => !ids.includes(id))) {
      const message = "Name every team once. Somebody may have added or deleted one: load the page anew.";
      throw new AppError("conflict", message, { faults: [{ field: "teams", message }] });
    }
    await client.query(
      "UPDATE team t SET position = o.position FROM unnest($1::text[]) WITH ORDINALITY AS o (id, position) WHERE t.id = o.id",
      [ids],
    );
    await saveAuditEvent(client, { actor: userName, action: "team.order", detail: { teams: ids }, now });
  });
}

/** Whose findings a person's pages open with; null = everybody's. Throws AppError not-found. */
export async function saveTeamScope(team: string | null, { personId }: Person): Promise<void> {
  await inTransaction(async (client) => {
    if (team !== null && team !== MY_TEAMS && team !== NO_TEAM) {
      const { rows } = await client.query<{ id: string }>("SELECT id FROM team WHERE id = $1 FOR SHARE", [team]);
      if (rows.length === 0) throw unknown(team, "team");
    }
    await client.query("UPDATE person SET default_team_id = $2 WHERE id = $1", [personId, team]);
  });
}

/** One transaction that changes what belongs to whom; the job that carries it out is queued with it. */
async function changeRules(now: Date, work: (client: pg.ClientBase) => Promise<void>): Promise<void> {
  await inTransaction(async (client) => {
    await lockRules(client);
    await work(client);
    await askToApply(client, now);
  });
}

async function saveRules(client: pg.ClientBase, id: string, rules: TeamRule[]): Promise<void> {
  await client.query("DELETE FROM team_rule WHERE team_id = $1", [id]);
  await client.query(
    `INSERT INTO team_rule (team_id, number, kind, pattern, tag_key, like_pattern)
     SELECT $1, number, kind, pattern, tag_key, like_pattern
     FROM jsonb_to_recordset($2) AS r (number int, kind text, pattern text, tag_key text, like_pattern text)`,
    [id, JSON.stringify(toRuleRows(rules))],
  );
}

async function saveMembers(client: pg.ClientBase, id: string, userNames: string[]): Promise<void> {
  await client.query("DELETE FROM team_member WHERE team_id = $1", [id]);
  const { rows } = await client.query<{ user_name: string }>(
    `WITH wanted AS (SELECT id, user_name FROM person WHERE user_name = ANY ($2)),
     saved AS (INSERT INTO team_member (team_id, person_id) SELECT $1, id FROM wanted)
     SELECT user_name FROM wanted`,
    [id, userNames],
  );
  const known = new Set(rows.map((row) => row.user_name));
  const faults = userNames.flatMap((userName, index) =>
    known.has(userName) ? [] : [{ field: `members.${index}`, message: `Nobody has the user name ${userName}` }],
  );
  if (faults.length > 0) throw new AppError("invalid-input", "Some members are unknown.", { faults });
}

function refuseName(teams: { id: string; name: string }[], { id, name }: { id: string; name: string }): void {
  const isSame = (other: { id: string; name: string }) =>
    other.id !== id && other.name.toLowerCase() === name.toLowerCase();
  if (teams.some(isSame)) throw taken("name", "Another team has this name. Choose another.");
}

function refuseUnknown(teams: { id: string }[], id: string): void {
  if (!teams.some((team) => team.id === id)) throw unknown(id);
}

function unknown(id: string, field?: string): AppError {
  const message = `There is no team ${id}. It may have been deleted.`;
  return new AppError("not-found", message, field === undefined ? {} : { faults: [{ field, message }] });
}

function taken(field: string, message: string): AppError {
  return new AppError("conflict", message, { faults: [{ field, message }] });
}
