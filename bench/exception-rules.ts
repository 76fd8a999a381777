import { v7 as uuidv7 } from "uuid";
import { database, inTransaction } from "#lib/db/database.ts";

/** Of the bench's own findings these match one in twenty, by a column, a dictionary, or what a finding has more of. */
const RULES = [
  ...Array.from({ length: 8 }, (_, n) => `cve=CVE-2025-${10_000 + n}`),
  ...Array.from({ length: 4 }, (_, n) => `packageName=package-${n}`),
  ...Array.from({ length: 4 }, (_, n) => `image=team-${n}&severity=low`),
  "packageManager=NPM",
  "cwe=CWE-79",
  "epss=..0.01",
  "tag=env%3Dtest",
];

/** Makes twenty exception rules, straight into the tables: no finding is there yet that they hold. */
export async function saveTwentyRules(): Promise<void> {
  const personId = uuidv7();
  await inTransaction(async (client) => {
    await client.query(
      "INSERT INTO person (id, user_name, role, created_at) VALUES ($1, 'bench', 'lead', now()) ON CONFLICT DO NOTHING",
      [personId],
    );
    for (const query of RULES) {
      const id = uuidv7();
      await client.query(
        "INSERT INTO exception_rule (id, state, live, created_at, created_by, checked_at) VALUES ($1, 'active', 1, now(), $2, now())",
        [id, personId],
      );
      await client.query(
        `INSERT INTO exception_version (rule_id, number, query, grounds, reason, expires_at, until_fix, holds_grave, owner_id, made_at, made_by)
         VALUES ($1, 1, $2, 'accepted-risk', 'bench', now() + interval '30 days', false, true, $3, now(), $3)`,
        [id, query, personId],
      );
    }
  });
}

export async function endRules(): Promise<void> {
  await database().pool.query("DELETE FROM exception_rule; DELETE FROM person WHERE user_name = 'bench'");
}
