import pg from "pg";

export type Database = pg.Pool;
/** Either the pool or a connection inside a transaction. */
export type Queryable = Pick<pg.Pool, "query">;

/** A pool on the scanner's schema. `onError` hears of connections that break while idle; queries throw by themselves. */
export function openDatabase(url: string, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 10_000 });
  pool.on("error", onError);
  return pool;
}

/** Runs `work` in one transaction: committed when it returns, rolled back when it throws. */
export async function inTransaction<Result>(
  database: Database,
  work: (transaction: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await database.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    // A connection that cannot even roll back is closed, not reused.
    client.release(broken);
  }
}
