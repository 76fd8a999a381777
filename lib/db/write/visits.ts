import { isNewVisit } from "#lib/domain/overview.ts";
import { inTransaction } from "../database.ts";

/** Notes that a person looks at the overview as of an instant; what they saw on the visit before is kept with it. */
export async function saveLook(personId: string, asOf: Date): Promise<void> {
  await inTransaction(async (client) => {
    const { rows } = await client.query<{ looked_at: Date | null }>(
      "SELECT looked_at FROM person WHERE id = $1 FOR NO KEY UPDATE",
      [personId],
    );
    const lookedAt = rows[0]?.looked_at ?? null;
    const isNew = lookedAt !== null && isNewVisit(lookedAt, asOf);
    await client.query(
      `UPDATE person SET looked_at = greatest(looked_at, $2),
         last_visit_at = CASE WHEN $3 THEN looked_at ELSE last_visit_at END WHERE id = $1`,
      [personId, asOf, isNew],
    );
  });
}
