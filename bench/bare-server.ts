import { createHash, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import pg from "pg";
import { type FindingRow, LIST_COLUMNS, LIST_JOINS, toFinding } from "#lib/db/read/finding-row.ts";

// The least that can answer the list's first page with the same JSON: the same token check, rows and count by prepared
// statements. What it lacks (filters, cursors, the query's parsing, the framework) is what the product costs.
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 8 });
const expected = createHash("sha256")
  .update(process.env.BENCH_TOKEN ?? "")
  .digest();
const text = `SELECT ${LIST_COLUMNS.text} FROM (
    SELECT * FROM finding WHERE status = $1 ORDER BY rank DESC, id DESC LIMIT $2
  ) AS f ${LIST_JOINS.text} ORDER BY f.rank DESC, f.id DESC`;

const TOTAL = "SELECT coalesce(sum(n), 0)::int AS count FROM finding_cube WHERE status = $1";

const server = createServer(async (request, response) => {
  const given = createHash("sha256")
    .update((request.headers.authorization ?? "").slice("Bearer ".length))
    .digest();
  if (!timingSafeEqual(given, expected)) {
    response.writeHead(401).end();
    return;
  }
  const [{ rows }, counted] = await Promise.all([
    pool.query<FindingRow>({ name: "page", text, values: ["active", 50] }),
    pool.query<{ count: number }>({ name: "total", text: TOTAL, values: ["active"] }),
  ]);
  const body = JSON.stringify({
    asOf: null,
    items: rows.map(toFinding),
    nextCursor: null,
    total: { count: counted.rows[0]?.count ?? 0, exact: true },
  });
  response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" }).end(body);
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.stdout.write(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}\n`);
});
