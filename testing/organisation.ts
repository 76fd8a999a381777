import { database } from "#lib/db/database.ts";
import { vulnerabilityId } from "#lib/db/identity.ts";

/** How large an organisation is made: the same one in every run. */
export type Organisation = { findings: number; accounts: number };

export const PACKAGE_WORDS = [
  "alder",
  "birch",
  "cedar",
  "drake",
  "elder",
  "finch",
  "gorse",
  "heron",
  "ivory",
  "jasper",
];
const ENDINGS = ["core", "client", "server", "utils", "parser", "crypto", "http", "json", "yaml", "auth"];
const PACKAGES = 2_000;
export const packageName = (number: number): string =>
  `${PACKAGE_WORDS[number % 10]}-${ENDINGS[Math.floor(number / 10) % 10]}-${Math.floor(number / 100)}`;
export const cveName = (number: number): string => `CVE-20${20 + (number % 6)}-${10_000 + number}`;
export const detectorName = (number: number): string => `python/${PACKAGE_WORDS[number % 10]}-injection-${number}@v1.0`;

const SEVERITIES = ["critical", "high", "high", "medium", "medium", "medium", "medium", "low", "low", "info"];
const WEIGHTS: Record<string, number> = { critical: 5, high: 4, medium: 3, low: 2, info: 0 };
const BATCH = 100_000;

/** One vulnerability of fifty findings; four in five are CVEs, the others detectors. Some have thousands of findings. */
function vulnerabilitiesOf(findings: number) {
  return Array.from({ length: Math.max(500, Math.round(findings / 50)) }, (_, number) => {
    const isCode = number % 5 === 4;
    const name = isCode ? detectorName(number) : cveName(number);
    const severity = SEVERITIES[(number * 7) % 10] ?? "low";
    const score = ((number * 13) % 101) / 10;
    const known = number % 40 === 0;
    return {
      number,
      id: vulnerabilityId(name),
      name,
      kind: isCode ? "detector" : "cve",
      title: isCode ? `Input reaches an interpreter, case ${number}` : name,
      epss: isCode ? null : ((number * 17) % 1000) / 1000,
      cwe: `CWE-${20 + (number % 80)}`,
      severity,
      score,
      known,
      package: isCode ? null : packageName(number % PACKAGES),
      rank: (WEIGHTS[severity] ?? 0) * 1000 + Math.round(score * 10) * 4 + (known ? 2 : 0),
    };
  });
}

/** Fills an empty database with what syncs would have written, dictionaries and rollups included; histories aside. */
export async function makeOrganisation({ findings, accounts }: Organisation): Promise<void> {
  const vulnerabilities = vulnerabilitiesOf(findings);
  const resources = Math.max(5, Math.round(findings / 5 / accounts));
  await database().pool.query(
    `INSERT INTO account (id, name) SELECT to_char(100000000000 + a, 'FM000000000000'), 'account-' || a
     FROM generate_series(0, $1 - 1) AS a`,
    [accounts],
  );
  await database().pool.query(
    `INSERT INTO vulnerability (id, name, kind, title, description, cwes, cvss, epss, digest, observed_at)
     SELECT id, name, kind, title, '', ARRAY[cwe], '[]', epss, '', now()
     FROM jsonb_to_recordset($1::jsonb) AS v (id uuid, name text, kind text, title text, cwe text, epss real)`,
    [JSON.stringify(vulnerabilities)],
  );
  await database().pool.query(
    "INSERT INTO package (id, name, manager) SELECT gen_random_uuid(), name, 'OS' FROM unnest($1::text[]) AS name",
    [Array.from({ length: PACKAGES }, (_, number) => packageName(number))],
  );
  await database().pool.query(RESOURCES, [accounts, resources]);
  for (const text of TEAMS) await database().pool.query(text);
  const client = await database().pool.connect();
  try {
    await client.query(
      `CREATE TEMP TABLE bench_vulnerability AS SELECT * FROM jsonb_to_recordset($1::jsonb)
       AS v (number int, id uuid, name text, kind text, severity text, score real, known boolean, package text, rank int)`,
      [JSON.stringify(vulnerabilities)],
    );
    await client.query("ANALYZE bench_vulnerability");
    for (let first = 1; first <= findings; first += BATCH) {
      const last = Math.min(first + BATCH - 1, findings);
      await client.query("BEGIN");
      await client.query(`CREATE TEMP TABLE bench_row ON COMMIT DROP AS ${ROWS}`, [
        accounts,
        resources,
        vulnerabilities.length,
        first,
        last,
      ]);
      // A look-up for each row: the planner knows nothing yet of tables that grow, and would read them whole each time.
      await client.query("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off");
      await client.query(FINDINGS);
      await client.query(ISSUES);
      await client.query("COMMIT");
    }
  } finally {
    client.release(true); // its temporary table goes with it
  }
}

/** Names of places come back in every fortieth account, as those of teams that copy each other's do. */
const RESOURCES = `
  INSERT INTO resource (account_id, id, type, source_id, name, region, provider, lineage_id, lineage, tags, details, digest, observed_at)
  SELECT a.id, md5(a.id || ' ' || r)::uuid, kind.type, 'arn:aws:' || kind.word || ':eu-west-1:' || a.id || ':' || r,
    kind.word || '-' || r % 977, (ARRAY['eu-west-1', 'us-east-1', 'eu-central-1', 'ap-southeast-2'])[1 + r / 3 % 4], 'AWS',
    md5(a.id || kind.word || r / 8)::uuid,
    kind.lineage || ':' || a.id || '/' || kind.word || '-' || right(a.id, 3)::int % 40 || '-' || r / 8,
    jsonb_build_object('team', 'team-' || r / 8 % 16), '{}', '', now()
  FROM account a CROSS JOIN generate_series(0, $2::int - 1) AS r
  CROSS JOIN LATERAL (SELECT
    (ARRAY['AWS_ECR_CONTAINER_IMAGE', 'AWS_LAMBDA_FUNCTION', 'AWS_EC2_INSTANCE', 'CODE_REPOSITORY'])[1 + r % 4] AS type,
    (ARRAY['image', 'worker', 'host', 'code'])[1 + r % 4] AS word,
    (ARRAY['image', 'function', 'fleet', 'repository'])[1 + r % 4] AS lineage) AS kind
  WHERE $1::int > 0`;

/** Three places of four belong to one of twelve teams. */
const TEAMS = [
  `INSERT INTO team (id, name, position, created_at)
   SELECT 'team-' || t, 'Team ' || t, t, now() FROM generate_series(0, 11) AS t`,
  `INSERT INTO team_rule (team_id, number, kind, pattern, tag_key, like_pattern)
   SELECT 'team-' || t, 1, 'tag', 'team=team-' || t, 'team', 'team-' || t FROM generate_series(0, 11) AS t`,
  `INSERT INTO lineage_team (account_id, lineage_id, team_id)
   SELECT DISTINCT account_id, lineage_id, tags ->> 'team' FROM resource WHERE tags ->> 'team' IN (SELECT id FROM team)`,
];

/** Evenly spread numbers between 0 and 1 from one number; a power makes some far more frequent than others. */
const ROWS = `
  SELECT n, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS id, to_char(100000000000 + a, 'FM000000000000') AS account_id, r, v.*, status, seen_at
  FROM (
    SELECT n, floor($1::int * power(n * 2654435761 % 4294967296 / 4294967296.0, 2))::int AS a,
      (n * 40503 % 65521 * $2::int / 65521)::int AS r,
      floor($3::int * power(n * 2246822519 % 4294967296 / 4294967296.0, 3))::int AS v,
      (ARRAY['active', 'active', 'active', 'closed', 'active', 'closed', 'active', 'closed', 'active', 'suppressed'])[1 + n * 7907 / 3 % 10] AS status,
      now() - make_interval(secs => n * 7919 % 31536000) AS seen_at
    FROM (SELECT n::bigint FROM generate_series($4::int, $5::int) AS n) AS numbers
  ) AS spread JOIN bench_vulnerability v ON v.number = spread.v`.replace(
  "v.*",
  "v.id AS vulnerability_id, v.name, v.kind, v.severity, v.score, v.known, v.package, v.rank",
);

const FINDINGS = `
  INSERT INTO finding (account_id, id, key_hash, source, source_id, type, status, source_status, severity, source_severity, score, rank,
    title, region, vulnerability_id, resource_id, resource_type, issue_id, lineage_id, scan_name, path, start_line, end_line, package_name,
    package_version, package_fixed_in, package_manager, package_count, fix_available, exploit_available, known_exploited, source_known_exploited, first_observed_at,
    source_updated_at, updated_at, closed_at, closed_reason, digest, reported_by)
  SELECT f.account_id, f.id, decode(md5(f.n::text), 'hex'), CASE f.kind WHEN 'cve' THEN 'inspector' ELSE 'codeguru' END, 'finding/' || f.n,
    CASE f.kind WHEN 'cve' THEN 'package' ELSE 'code' END, f.status, f.status, f.severity, f.severity, f.score, f.rank + (f.n % 2)::int,
    f.name || coalesce(' - ' || f.package, ''), r.region, f.vulnerability_id, r.id, r.type,
    md5(f.account_id || f.vulnerability_id || r.lineage_id)::uuid, r.lineage_id,
    CASE f.kind WHEN 'cve' THEN NULL ELSE 'shop-' || f.n % 200 END, CASE f.kind WHEN 'cve' THEN NULL ELSE 'src/module-' || f.n % 997 || '/file-' || f.n % 31 || '.py' END,
    CASE f.kind WHEN 'cve' THEN NULL ELSE 1 END, CASE f.kind WHEN 'cve' THEN NULL ELSE 1 END, f.package,
    '1.' || f.n % 9, CASE WHEN f.n % 3 > 0 THEN '2.0' END, CASE f.kind WHEN 'cve' THEN 'OS' END, CASE f.kind WHEN 'cve' THEN 1 ELSE 0 END, CASE WHEN f.n % 3 > 0 THEN 'yes' ELSE 'no' END,
    CASE f.n % 2 WHEN 0 THEN 'no' ELSE 'yes' END, f.known, f.known, f.seen_at, f.seen_at, f.seen_at,
    CASE f.status WHEN 'closed' THEN now() END, CASE f.status WHEN 'closed' THEN 'fixed' END, decode(md5(f.n::text), 'hex'), ARRAY[1]
  FROM bench_row f JOIN resource r ON r.account_id = f.account_id AND r.id = md5(f.account_id || ' ' || f.r)::uuid`;

const ISSUES = `
  INSERT INTO issue (account_id, id, vulnerability_id, lineage_id, source, type, severity, active_findings, open_findings, due_at)
  SELECT f.account_id, f.issue_id, min(f.vulnerability_id::text)::uuid, min(f.lineage_id::text)::uuid, min(f.source), min(f.type),
    min(f.severity), count(*), count(*), CASE WHEN hashtext(f.issue_id::text) % 5 = 0 THEN now() + make_interval(days => hashtext(f.issue_id::text) % 60) END
  FROM finding f JOIN bench_row b ON b.account_id = f.account_id AND b.id = f.id GROUP BY 1, 2
  ON CONFLICT (account_id, id) DO NOTHING`;
