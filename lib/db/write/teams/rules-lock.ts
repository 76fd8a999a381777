import type pg from "pg";

const LOCK = "hashtext('rules')";

/** Until the transaction ends, no team and no policy changes: what is written by their rules is what the next writer reads. */
export async function holdRules(client: pg.ClientBase): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock_shared(${LOCK})`);
}

/** Waits for everybody who writes by the rules as they are; who comes later reads them as they are then. */
export async function lockRules(client: pg.ClientBase): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
}
