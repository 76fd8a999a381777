import { z } from "zod";
import { AppError } from "#lib/domain/errors.ts";
import type {
  Exception,
  ExceptionDetail,
  Exceptions,
  ExceptionsFilter,
  ExceptionVersion,
} from "#lib/domain/exception.ts";
import { database } from "../database.ts";
import { Prisma } from "../generated/client.ts";
import { IS_GRAVE, selectMatching } from "./exception-conditions.ts";
import { readListCursor, toListCursor } from "./list-cursor.ts";

type Row = {
  id: string;
  state: Exception["state"];
  version: VersionJson;
  pending: VersionJson | null;
  created_by: string;
  created_at: Date;
  ended_at: Date | null;
  ended_by: string | null;
  end_cause: "person" | "expiry" | "declined" | null;
  end_reason: string | null;
  done: number;
  total: number;
  checked_at: Date | null;
};
/** Instants are text, as JSON has them. */
type VersionJson = Omit<ExceptionVersion, "until" | "review"> & {
  untilFix: boolean;
  expiresAt: string | null;
  decision: "approved" | "declined" | null;
  decidedBy: string | null;
  decidedAt: string | null;
  decisionReason: string | null;
};

const VERSION = `jsonb_build_object('number', v.number, 'query', v.query, 'grounds', v.grounds, 'reason', v.reason,
  'expiresAt', v.expires_at, 'untilFix', v.until_fix, 'holdsGrave', v.holds_grave, 'madeAt', v.made_at,
  'owner', (SELECT user_name FROM person WHERE id = v.owner_id), 'madeBy', (SELECT user_name FROM person WHERE id = v.made_by),
  'decision', v.decision, 'decidedAt', v.decided_at, 'decisionReason', v.decision_reason,
  'decidedBy', (SELECT user_name FROM person WHERE id = v.decided_by))`;

const SELECT = `
  SELECT r.id, r.state, r.created_at, c.user_name AS created_by, r.ended_at, r.end_cause, r.end_reason, r.done, r.total,
    r.checked_at, (SELECT user_name FROM person WHERE id = r.ended_by) AS ended_by,
    (SELECT ${VERSION} FROM exception_version v WHERE v.rule_id = r.id ORDER BY (v.number = r.live) DESC NULLS LAST, v.number DESC LIMIT 1) AS version,
    (SELECT ${VERSION} FROM exception_version v WHERE v.rule_id = r.id AND v.number = r.pending AND r.live IS NOT NULL) AS pending
  FROM exception_rule r JOIN person c ON c.id = r.created_by`;

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

/** One page of rules, newest first; ties by id, so that a cursor is exact. */
export async function listExceptions({ state, limit, cursor }: ExceptionsFilter, now: Date): Promise<Exceptions> {
  const [afterAt, afterId] = cursor ? readListCursor(cursor, cursorSchema) : [null, null];
  const { rows } = await database().pool.query<Row>(
    `${SELECT} WHERE ($1::text IS NULL OR r.state = $1) AND ($2::timestamptz IS NULL OR (r.created_at, r.id) < ($2, $3::uuid))
     ORDER BY r.created_at DESC, r.id DESC LIMIT $4`,
    [state ?? null, afterAt, afterId, limit + 1], // one more tells of a next page
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { items: await toExceptions(page, now), nextCursor: last && rows.length > limit ? toCursor(last) : null };
}

/** One rule with everything that it has said. Throws AppError not-found. */
export async function getException(id: string, now: Date): Promise<ExceptionDetail> {
  const { pool } = database();
  const { rows } = await pool.query<Row>(`${SELECT} WHERE r.id = $1`, [id]);
  const [exception] = await toExceptions(rows, now);
  if (!exception) throw new AppError("not-found", "There is no exception with this id.");
  const { rows: versions } = await pool.query<{ version: VersionJson }>(
    `SELECT ${VERSION} AS version FROM exception_version v WHERE v.rule_id = $1 ORDER BY v.number DESC`,
    [id],
  );
  return { ...exception, versions: versions.map(({ version }) => toVersion(version)) };
}

async function toExceptions(rows: Row[], now: Date): Promise<Exception[]> {
  const held = await countHeld(rows.map(({ id }) => id));
  return await Promise.all(
    rows.map(async (row) => {
      const { lastMatchAt = null, ...counts } = held.get(row.id) ?? { count: 0, critical: 0, knownExploited: 0 };
      return { ...toException(row), held: counts, notHeld: await countNotHeld(row, now), lastMatchAt };
    }),
  );
}

function toException(row: Row): Omit<Exception, "held" | "notHeld" | "lastMatchAt"> {
  return {
    id: row.id,
    state: row.state,
    version: toVersion(row.version),
    pending: row.pending && toVersion(row.pending),
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    progress: row.checked_at === null && row.state !== "awaiting" ? { done: row.done, total: row.total } : null,
    ended:
      row.ended_at && row.end_cause
        ? { at: row.ended_at.toISOString(), by: row.ended_by, cause: row.end_cause, reason: row.end_reason }
        : null,
  };
}

function toVersion(json: VersionJson): ExceptionVersion {
  const { untilFix, expiresAt, decision, decidedBy, decidedAt, decisionReason, ...version } = json;
  return {
    ...version,
    madeAt: toIso(version.madeAt),
    // The table has one of the two.
    until: untilFix || expiresAt === null ? "fix" : toIso(expiresAt),
    review:
      decision && decidedBy && decidedAt
        ? { decision, by: decidedBy, at: toIso(decidedAt), reason: decisionReason ?? "" }
        : null,
  };
}

const toIso = (instant: string): string => new Date(instant).toISOString();

type Held = Exception["held"] & { lastMatchAt: string | null };

async function countHeld(ids: string[]): Promise<Map<string, Held>> {
  const { rows } = await database().pool.query<Held & { key: string; last: Date }>(
    `SELECT h.key, count(*)::int AS count, count(*) FILTER (WHERE f.severity = 'critical')::int AS critical,
       count(*) FILTER (WHERE f.known_exploited)::int AS "knownExploited", max(h.created_at) AS last
     FROM finding_hold h JOIN finding f ON f.account_id = h.account_id AND f.id = h.finding_id
     WHERE h.kind = 'rule' AND h.key = ANY ($1) AND f.status <> 'closed' GROUP BY h.key`,
    [ids],
  );
  return new Map(rows.map(({ key, last, ...counts }) => [key, { ...counts, lastMatchAt: last.toISOString() }]));
}

/** What is critical or known exploited and matches, where nobody has agreed that it is held. */
async function countNotHeld({ state, version }: Row, now: Date): Promise<number> {
  if (state === "ended" || version.holdsGrave) return 0;
  const { text, values } = Prisma.sql`
    SELECT count(*)::int AS count FROM (${selectMatching(version.query, Prisma.sql`finding f`, now)}) AS f
    WHERE f.status <> 'closed' AND ${IS_GRAVE} AND NOT (${version.untilFix}::bool AND f.fix_available = 'yes')`;
  const { rows } = await database().pool.query<{ count: number }>(text, values);
  return rows[0]?.count ?? 0;
}

function toCursor({ created_at: createdAt, id }: Row): string {
  return toListCursor([createdAt.toISOString(), id]);
}
