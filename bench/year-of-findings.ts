import { inTransaction } from "#lib/db/database.ts";
import { withoutUpkeep } from "./without-upkeep.ts";

/** A year of many accounts, made by the database itself: what a sync would have written, without the syncs. */
export type Year = { findings: number; accounts: number; start: Date; days: number };

const RESOURCES_AN_ACCOUNT = 500;
/** The first accounts belong to a team. */
export const TEAM_ACCOUNTS = 200;
const TEAM_STARTS = ["1000000000", "1000000001"];
export const TEAM_ID = "00000000-0000-7000-8000-0000000000aa";
/** A person lets it be due at the end of the day after so many days, by severity; the rest never is. */
const DUE_DAYS =
  "CASE first_severity WHEN 'critical' THEN 15 WHEN 'high' THEN 30 WHEN 'medium' THEN 90 WHEN 'low' THEN 180 END";

export const accountIdOf = (n: number): string => String(100_000_000_000 + n);
const VULNERABILITIES = 5_000;

/**
 * Every column of a finding's life that the tables need, from its number `n`; `m` is another one that looks random. Two in
 * five close, one in twenty is rescored upwards.
 */
const LIVES = `
  SELECT *, CASE WHEN rescored_at IS NULL THEN first_severity WHEN first_severity = 'high' THEN 'critical' ELSE 'high' END AS severity,
    (date_trunc('day', opened_at AT TIME ZONE 'UTC') + make_interval(days => ${DUE_DAYS} + 1)) AT TIME ZONE 'UTC' - INTERVAL '1 millisecond' AS due_at
  FROM (
    SELECT n, to_char(100000000000 + n % $1::int, 'FM000000000000') AS account_id, lpad(to_hex(n), 32, '0')::uuid AS id,
      md5(to_char(100000000000 + n % $1::int, 'FM000000000000') || '/' || m % ${RESOURCES_AN_ACCOUNT})::uuid AS resource_id,
      ('00000000-0000-8000-9000-' || lpad(to_hex(n * 7919 % ${VULNERABILITIES}), 12, '0'))::uuid AS vulnerability_id,
      (ARRAY['critical', 'high', 'high', 'medium', 'medium', 'medium', 'medium', 'low', 'low', 'info'])[1 + m / 7 % 10] AS first_severity,
      m % 100 / 10.0 AS score, m % 40 = 0 AS known_exploited,
      opened_at, CASE WHEN m % 5 < 2 AND closed_at < $2 THEN closed_at END AS closed_at,
      CASE WHEN m / 5 % 10 < 7 THEN 'fixed' ELSE 'resource-gone' END AS reason,
      CASE WHEN opened_at < $3::timestamptz + INTERVAL '1 day' THEN 'scope-added' ELSE 'new' END AS cause,
      CASE WHEN m % 20 = 7 AND m / 7 % 10 BETWEEN 1 AND 8 AND opened_at + INTERVAL '10 days' < $2 THEN opened_at + INTERVAL '10 days' END AS rescored_at
    FROM (
      SELECT n, m, opened_at, opened_at + make_interval(days => (12 + n % 60)::int) AS closed_at
      FROM (
        -- Two hashes, so that neither account nor day tells anything else of a finding.
        SELECT n::bigint, hashint8extended(n, 1) & 2147483647 AS m,
          date_trunc('milliseconds', $3::timestamptz + (hashint8extended(n, 2) & 1073741823) / 1073741824.0 * ($2::timestamptz - $3)) AS opened_at
        FROM generate_series($4::int, $5::int) AS n
      ) AS opened
    ) AS closed
  ) AS life`;

const RANK = `(CASE l.severity WHEN 'critical' THEN 5 WHEN 'high' THEN 4 WHEN 'medium' THEN 3 WHEN 'low' THEN 2 ELSE 0 END) * 1000
  + (l.score * 40)::int + CASE WHEN l.known_exploited THEN 2 ELSE 0 END`;

/** What each table has of a life. The rollups are counted once everything is there. */
const STEPS = [
  `INSERT INTO finding (account_id, id, key_hash, source, source_id, type, status, source_status, severity, source_severity, score,
     rank, title, region, vulnerability_id, resource_id, resource_type, issue_id, lineage_id, package_name, package_version,
     package_fixed_in, package_count, fix_available, exploit_available, known_exploited, source_known_exploited, first_observed_at, source_updated_at,
     updated_at, closed_at, closed_reason, digest, reported_by)
   SELECT account_id, id, decode(md5(n::text), 'hex'), 'inspector', 'finding/' || n, 'package', status, status, severity, severity, score,
     ${RANK}, 'A flaw in package-' || n % 300, 'eu-west-1', vulnerability_id, resource_id, 'AWS_EC2_INSTANCE', id, resource_id,
     'package-' || n % 300, '1.0', CASE WHEN n % 3 > 0 THEN '1.' || n % 4 END, 1, CASE WHEN n % 3 > 0 THEN 'yes' ELSE 'no' END,
     'no', known_exploited, known_exploited, opened_at, opened_at, coalesce(closed_at, rescored_at, opened_at), closed_at,
     CASE WHEN closed_at IS NOT NULL THEN reason END, decode(md5(n::text), 'hex'), ARRAY[1]
   FROM (SELECT *, CASE WHEN closed_at IS NULL THEN 'active' ELSE 'closed' END AS status FROM bench_life) AS l`,
  `INSERT INTO finding_version (account_id, finding_id, valid_from, valid_to, status, severity, score, rank, due_at)
   SELECT account_id, id, valid_from, coalesce(valid_to, 'infinity'), status, severity, score, ${RANK}, due_at
   FROM (
     SELECT account_id, id, score, known_exploited, due_at, v.* FROM bench_life AS b CROSS JOIN LATERAL (VALUES
       (opened_at, coalesce(rescored_at, closed_at), 'active', first_severity),
       (rescored_at, closed_at, 'active', b.severity),
       (closed_at, NULL, 'closed', b.severity)) AS v (valid_from, valid_to, status, severity)
   ) AS l WHERE valid_from IS NOT NULL AND valid_from < coalesce(valid_to, 'infinity')`,
  `INSERT INTO lifecycle_event (account_id, id, finding_id, issue_id, lineage_id, source, type, kind, cause, occurred_at, recorded_at,
     status_before, status_after, severity_before, severity_after, is_sample)
   SELECT account_id, gen_random_uuid(), id, id, resource_id, 'inspector', 'package', kind, e.cause, at, at, status_before, status_after,
     severity_before, severity_after, false
   FROM bench_life AS l CROSS JOIN LATERAL (VALUES
     ('opened', l.cause, opened_at, NULL, 'active', NULL, first_severity),
     ('rescored', 'source', rescored_at, 'active', 'active', first_severity, severity),
     ('closed', reason, closed_at, 'active', 'closed', severity, severity))
     AS e (kind, cause, at, status_before, status_after, severity_before, severity_after)
   WHERE at IS NOT NULL ORDER BY at`,
  `INSERT INTO issue (account_id, id, vulnerability_id, lineage_id, source, type, severity, active_findings, open_findings, due_at, person_due_at)
   SELECT account_id, id, vulnerability_id, resource_id, 'inspector', 'package', severity, open, open, due_at, due_at
   FROM (SELECT *, CASE WHEN closed_at IS NULL THEN 1 ELSE 0 END AS open FROM bench_life) AS l`,
  `INSERT INTO issue_clock (account_id, issue_id, number, source, type, severity, opened_at, closed_at, is_fix)
   SELECT account_id, id, 1, 'inspector', 'package', severity, opened_at, closed_at, closed_at IS NOT NULL AND reason = 'fixed' FROM bench_life`,
  `INSERT INTO issue_clock_version (account_id, issue_id, number, valid_from, valid_to, opened_at, closed_at, is_fix)
   SELECT account_id, id, 1, opened_at, coalesce(l.closed_at, 'infinity'), opened_at, NULL, false FROM bench_life AS l
   UNION ALL
   SELECT account_id, id, 1, closed_at, 'infinity', opened_at, closed_at, reason = 'fixed' FROM bench_life WHERE closed_at IS NOT NULL`,
];

const BATCH = 100_000;
/** The database has two cores at least. */
const WRITERS = 2;

/**
 * Fills an empty database with the year, as the owner of its tables: its rollups are counted in the end, and its indexes
 * made then, which ten million rows take an hour otherwise.
 */
export async function makeYear(year: Year, ownerUrl: string): Promise<void> {
  await makePlaces(year);
  await withoutUpkeep(ownerUrl, async () => {
    const firsts = Array.from({ length: Math.ceil(year.findings / BATCH) }, (_, batch) => batch * BATCH + 1);
    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        for (const first of firsts.filter((_, index) => index % WRITERS === writer)) await makeBatch(year, first);
      }),
    );
  });
}

async function makePlaces({ accounts, start, days }: Year): Promise<void> {
  await inTransaction(async (client) => {
    await client.query(
      "SELECT ensure_history_month($1::timestamptz + make_interval(months => m)) FROM generate_series(0, $2) AS m",
      [start, Math.ceil(days / 28)],
    );
    await client.query(
      `INSERT INTO account (id, name) SELECT to_char(100000000000 + a, 'FM000000000000'), 'account-' || a FROM generate_series(0, $1 - 1) AS a`,
      [accounts],
    );
    await client.query(
      `INSERT INTO vulnerability (id, name, kind, title, description, cvss, digest, observed_at)
       SELECT ('00000000-0000-8000-9000-' || lpad(to_hex(v), 12, '0'))::uuid, 'CVE-2025-' || 10000 + v, 'cve', 'A flaw', '', '[]', '', $1
       FROM generate_series(0, ${VULNERABILITIES - 1}) AS v`,
      [start],
    );
    await client.query(
      `INSERT INTO resource (account_id, id, type, source_id, name, region, provider, lineage_id, lineage, tags, details, digest, observed_at)
       SELECT a.id, r.id, 'AWS_EC2_INSTANCE', 'i-' || r.id, 'web-' || n, 'eu-west-1', 'AWS', r.id, 'resource:i-' || r.id, '{}', '{}', '', $1
       FROM account a CROSS JOIN generate_series(0, ${RESOURCES_AN_ACCOUNT - 1}) AS n
       CROSS JOIN LATERAL (SELECT md5(a.id || '/' || n)::uuid AS id) AS r`,
      [start],
    );
    await client.query("INSERT INTO team (id, name, position, created_at) VALUES ($1, 'Payments', 1, $2)", [
      TEAM_ID,
      start,
    ]);
    await client.query(
      `INSERT INTO team_rule (team_id, number, kind, pattern, like_pattern)
       SELECT $1, n, 'account', start || '*', start || '%' FROM unnest($2::text[]) WITH ORDINALITY AS rule (start, n)`,
      [TEAM_ID, TEAM_STARTS],
    );
    await client.query(
      `INSERT INTO lineage_team (account_id, lineage_id, team_id) SELECT account_id, lineage_id, $1 FROM resource WHERE account_id < $2`,
      [TEAM_ID, accountIdOf(TEAM_ACCOUNTS)],
    );
    await client.query(
      `INSERT INTO scope (account_id, region, source, first_whole_pass_at)
       SELECT id, 'eu-west-1', 'inspector', $1 FROM account`,
      [start],
    );
    await client.query(
      `INSERT INTO scope_pass (account_id, region, source, recorded_at, connection_id, mode)
       SELECT id, 'eu-west-1', 'inspector', $1::timestamptz + make_interval(days => d), gen_random_uuid(), 'whole'
       FROM account CROSS JOIN generate_series(0, $2::int) AS d`,
      [start, days],
    );
  });
}

async function makeBatch({ findings, accounts, start, days }: Year, first: number): Promise<void> {
  const end = new Date(start.getTime() + days * 86_400_000);
  await inTransaction(async (client) => {
    await client.query("SET LOCAL synchronous_commit = off");
    await client.query(`CREATE TEMP TABLE bench_life ON COMMIT DROP AS ${LIVES}`, [
      accounts,
      end,
      start,
      first,
      Math.min(first + BATCH - 1, findings),
    ]);
    for (const step of STEPS) await client.query(step);
  });
}
