import { database } from "../database.ts";
import { type ConnectionAccess, findConnectionAccess } from "./connections.ts";

/** What a finding is called by its source, and a connection that still reads it. */
export type FindingSource = { sourceId: string; connection: ConnectionAccess | null };

/** Where more can be learned of a finding; null when there is no finding with this id. */
export async function findFindingSource(findingId: string): Promise<FindingSource | null> {
  const { rows } = await database().pool.query<{ source_id: string; connection_id: string | null }>(
    `SELECT f.source_id, (
       SELECT c.id FROM connection c
       WHERE c.number = ANY (f.reported_by) AND c.source = 'inspector' AND c.disconnected_at IS NULL
       ORDER BY c.number LIMIT 1
     ) AS connection_id FROM finding f WHERE f.id = $1`,
    [findingId],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const connection = row.connection_id === null ? null : await findConnectionAccess(row.connection_id);
  return { sourceId: row.source_id, connection };
}
