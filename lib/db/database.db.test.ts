import { expect, test } from "vitest";
import { appDatabase } from "#testing/app-database.ts";
import { closeDatabase, database, openDatabase } from "./database.ts";
import { newId } from "./identity.ts";

const urls = appDatabase();
const AT = new Date("2026-02-01T00:00:00.123Z");

test.each(["Pacific/Auckland", "Pacific/Honolulu", "UTC"])(
  "an instant is the same for Prisma and for SQL, where the server's own clock is that of %s",
  async (zone) => {
    const name = new URL(urls.url).pathname.slice(1);
    await database().pool.query(`ALTER ROLE CURRENT_USER IN DATABASE ${name} SET timezone = '${zone}'`);
    await closeDatabase();
    const { prisma, pool } = openDatabase(urls.url);
    const [byPrisma, bySql] = [newId(), newId()];
    await prisma.person.create({
      data: { id: byPrisma, userName: `p-${byPrisma.slice(-12)}`, role: "viewer", createdAt: AT },
    });
    await pool.query("INSERT INTO person (id, user_name, role, created_at) VALUES ($1, $2, 'viewer', $3)", [
      bySql,
      `s-${bySql.slice(-12)}`,
      AT,
    ]);
    const { rows } = await pool.query("SELECT created_at FROM person WHERE id = $1", [byPrisma]);
    expect(rows).toEqual([{ created_at: AT }]);
    expect((await prisma.person.findUniqueOrThrow({ where: { id: bySql } })).createdAt).toEqual(AT);
    const { rows: days } = await pool.query("SELECT date_trunc('day', created_at) AS day FROM person WHERE id = $1", [
      byPrisma,
    ]);
    expect(days).toEqual([{ day: new Date("2026-02-01T00:00:00Z") }]);
  },
);
