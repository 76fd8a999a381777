import type { ClientBase } from "pg";
import { v7 as uuidv7 } from "uuid";
import { inTransaction } from "#lib/db/database.ts";
import { saveAuditEvent } from "#lib/db/write/audit-event.ts";
import type { Role } from "#lib/domain/person.ts";
import { createSignInLink, type LinkHolder, LOCAL_LINK_MS } from "./sign-in-link.ts";

const MAKER = { personId: null, userName: "system" };
type LocalRequest = { userName?: string; role?: Role; now: Date };

/**
 * The token of a link for whoever has a shell on the machine, good for an hour.
 * With a user name: that person, made with the role (viewer if none) when they are not known yet. With a role alone:
 * a new person. With neither: the admin who was here first, or, where there is none, a new admin.
 */
export async function createLocalSignInLink({ userName, role, now }: LocalRequest): Promise<string> {
  return await inTransaction(async (client) => {
    const holder = await chooseHolder(client, { userName, role, now });
    return await createSignInLink(client, { holder, maker: MAKER, ttlMs: LOCAL_LINK_MS, now });
  });
}

async function chooseHolder(client: ClientBase, { userName, role, now }: LocalRequest): Promise<LinkHolder> {
  if (userName !== undefined)
    return { personId: await ensurePerson(client, { userName, role: role ?? "viewer", now }) };
  if (role !== undefined) return { role };
  const { rows } = await client.query<{ personId: string }>(
    `SELECT id AS "personId" FROM person
     WHERE role = 'admin' AND disabled_at IS NULL AND user_name <> 'bootstrap' ORDER BY id LIMIT 1`,
  );
  return rows[0] ?? { role: "admin" };
}

async function ensurePerson(
  client: ClientBase,
  { userName, role, now }: { userName: string; role: Role; now: Date },
): Promise<string> {
  const id = uuidv7();
  const { rowCount } = await client.query(
    "INSERT INTO person (id, user_name, role, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (user_name) DO NOTHING",
    [id, userName, role, now],
  );
  if (rowCount === 1) {
    await saveAuditEvent(client, { actor: "system", action: "person.create", target: id, detail: { role }, now });
  }
  const { rows } = await client.query<{ id: string }>("SELECT id FROM person WHERE user_name = $1", [userName]);
  return rows[0]?.id ?? id;
}
