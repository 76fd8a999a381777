import { database } from "#lib/db/database.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { anObservedFinding } from "./observed-finding.ts";
import type { randomFrom } from "./random.ts";
import { saveFindings } from "./saved-findings.ts";

type Random = ReturnType<typeof randomFrom>;

const DAY_MS = 86_400_000;

/** What findings lie in. */
export const KINDS = [
  { type: "AWS_ECR_CONTAINER_IMAGE", lineage: (n: number) => `image:111122223333/team/app-${n}` },
  { type: "AWS_LAMBDA_FUNCTION", lineage: (n: number) => `function:eu-west-1/worker-${n}` },
  { type: "CODE_REPOSITORY", lineage: (n: number) => `repository:github/acme/site-${n}` },
  { type: "AWS_EC2_INSTANCE", lineage: (n: number) => `resource:i-${n}` },
];

function anyFinding(n: number, { pick, below }: Random, now: Date): ObservedFinding {
  const kind = pick(KINDS);
  const type = pick(["package", "package", "network", "code"]);
  const number = below(12);
  const rule = below(8);
  const detector = `python/detector-${rule}@v1.0`;
  const accountId = pick(["111122223333", "444455556666", "777788889999"]);
  const path = type === "code" ? `src/${pick(["api", "web_ui", "job"])}/file${below(9)}.py` : null;
  return anObservedFinding({
    accountId,
    region: pick(["eu-west-1", "us-east-1", "eu-central-1"]),
    type,
    status: pick(["active", "active", "active", "suppressed", "closed"]),
    severity: pick(SEVERITIES),
    score: pick([null, below(101) / 10, below(101) / 10]),
    title: `Finding number ${n} of ${pick(["left-pad", "100%_sure", "log4j"])}`,
    cve: `CVE-2025-${1000 + below(60)}`,
    ...(type === "code" && {
      vulnerability: {
        name: detector,
        kind: "detector",
        title: `Detector ${detector}`,
        cwes: [rule % 2 === 0 ? "CWE-79" : "CWE-89"],
        epss: null,
      },
    }),
    packages:
      type === "package"
        ? [
            {
              name: pick(["openssl", "curl", "log4j-core", "a,b"]),
              version: `1.${below(4)}`,
              fixedIn: pick([null, "1.9", ">=2,<3"]),
              manager: pick(["OS", "NPM", null]),
              path: null,
              remediation: null,
            },
          ]
        : [],
    code:
      path === null
        ? null
        : {
            path,
            startLine: n,
            endLine: n,
            detectorId: detector,
            detectorName: detector,
            detectorTags: [],
            ruleId: null,
            snippet: [],
            steps: [],
            suggestedFixes: [],
          },
    scanName: type === "code" ? pick(["shop", "billing"]) : null,
    fixAvailable: pick(["yes", "no", "partial", null]),
    exploitAvailable: pick(["yes", "no", null]),
    knownExploitedAt: below(20) === 0 ? new Date("2026-01-01") : null,
    firstObservedAt: new Date(now.getTime() - below(300) * DAY_MS - below(DAY_MS)),
    updatedAt: new Date(now.getTime() - 1_000),
    lineage: `${kind.lineage(number)}${path ?? ""}`,
    resource: {
      type: kind.type,
      id: `arn:aws:thing:${accountId}:${kind.type}/${number}`,
      name: `thing-${number}`,
      lineage: kind.lineage(number),
      tags: { team: number % 2 === 0 ? "red" : "blue", ...(number % 3 === 0 && { env: "a=b,c" }) },
    },
  });
}

/** The ids of a decision and of a rule that hold some of them. */
export const EXCEPTIONS = ["01900000-0000-7000-8000-00000000e001", "01900000-0000-7000-8000-00000000e002"] as const;

/**
 * Stores so many findings that differ in all that a list can be narrowed by: of two teams and of none, assigned to mira,
 * to tunde or to nobody, overdue, due soon or never, held by AWS, a person or a rule. Returns them as they were observed.
 */
export async function saveEveryKind(count: number, random: Random, now: Date): Promise<ObservedFinding[]> {
  const observed = Array.from({ length: count }, (_, n) => anyFinding(n, random, now));
  await database().pool.query(
    `WITH made AS (INSERT INTO team (id, name, position, created_at) VALUES ('red', 'Red', 1, now()), ('sites', 'Sites', 2, now()))
     INSERT INTO team_rule (team_id, number, kind, pattern, tag_key, like_pattern)
     VALUES ('red', 1, 'tag', 'team=red', 'team', 'red'), ('sites', 1, 'repository', 'acme/site-*', NULL, 'acme/site-%')`,
  );
  await saveFindings(observed, { now });
  const { pool } = database();
  await pool.query(
    `INSERT INTO person (id, user_name, role, created_at)
     SELECT gen_random_uuid(), name, 'lead', now() FROM unnest(ARRAY['mira', 'tunde']) AS name`,
  );
  await pool.query(
    `UPDATE issue SET assignee_id = (SELECT id FROM person WHERE user_name = CASE WHEN hashtext(issue.id::text) % 2 = 0 THEN 'mira' ELSE 'tunde' END)
     WHERE hashtext(id::text) % 3 = 0`,
  );
  await pool.query(
    "UPDATE issue SET due_at = now() + make_interval(hours => (hashtext(id::text) % 480)::int) WHERE hashtext(id::text) % 5 < 3",
  );
  await pool.query(
    `INSERT INTO finding_hold (account_id, finding_id, kind, key, created_at)
     SELECT account_id, id, CASE WHEN hashtext(id::text) % 2 = 0 THEN 'person' ELSE 'rule' END,
       CASE WHEN hashtext(id::text) % 2 = 0 THEN '${EXCEPTIONS[0]}' ELSE '${EXCEPTIONS[1]}' END, now()
     FROM finding WHERE status = 'suppressed' AND hashtext(id::text) % 3 = 0`,
  );
  return observed;
}
