import { env } from "#lib/config/env.ts";
import { type Database, database } from "#lib/db/database.ts";
import type { Caller } from "./caller.ts";
import { PERMISSIONS } from "./permissions.ts";
import { isSameSecret } from "./secret.ts";

/** The bootstrap token acts as this person, who never signs in and is in no list. */
export const BOOTSTRAP_PERSON_ID = "00000000-0000-7000-8000-000000000001";
const BOOTSTRAP: Caller = {
  via: "bootstrap",
  personId: BOOTSTRAP_PERSON_ID,
  userName: "bootstrap",
  role: "admin",
  permissions: PERMISSIONS.admin,
};

const withPerson = new WeakSet<Database>();

/** The automation's admin, when the token is the one that the environment sets (SIGHTLINE_BOOTSTRAP_TOKEN). */
export async function findBootstrapCaller(token: string): Promise<Caller | null> {
  const expected = env().SIGHTLINE_BOOTSTRAP_TOKEN;
  if (expected === undefined || !isSameSecret(token, expected)) return null;
  await ensurePerson(database());
  return BOOTSTRAP;
}

/** What it creates names a person as its owner: once per process, see that there is one. */
async function ensurePerson(open: Database): Promise<void> {
  if (withPerson.has(open)) return;
  await open.pool.query(
    "INSERT INTO person (id, user_name, role, created_at) VALUES ($1, $2, $3, now()) ON CONFLICT DO NOTHING",
    [BOOTSTRAP_PERSON_ID, BOOTSTRAP.userName, BOOTSTRAP.role],
  );
  withPerson.add(open);
}
