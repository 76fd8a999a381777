import type pg from "pg";

const LOCK = "hashtext('feeds')";

/** Until the transaction ends, no list changes: what is written by it is what the next writer reads. */
export async function holdFeeds(client: pg.ClientBase): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock_shared(${LOCK})`);
}

/** Waits for everybody who writes by the lists as they are; who comes later reads them as they are then. */
export async function lockFeeds(client: pg.ClientBase): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
}
