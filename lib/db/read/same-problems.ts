import type { FindingDetail } from "#lib/domain/observed-finding.ts";
import { type CodeProblem, type SameProblem, whySameProblem } from "#lib/domain/same-problem.ts";
import { DICTIONARY_OF_RAW } from "../compression-dictionary.ts";
import { Prisma } from "../generated/client.ts";
import { ask } from "./prepared.ts";
import { readDetail } from "./read-detail.ts";
import { IS_SAMPLE_SHOWN } from "./sample-visibility.ts";
import { isInFiles } from "./search-conditions.ts";

/** More findings of one weakness in files of one name are no longer looked through. */
const MOST_LOOKED_AT = 100;

type Place = {
  id: string;
  account_id: string;
  issue_id: string;
  source: SameProblem["source"];
  path: string | null;
  start_line: number | null;
  end_line: number | null;
  detector_id: string;
  cwes: string[];
  project: string;
};
type OtherRow = Place & {
  title: string;
  severity: SameProblem["severity"];
  status: SameProblem["status"];
  packed_detail: Buffer | null;
  dictionary: Buffer | null;
  is_same: boolean | null; // null = nobody said anything
  user_name: string | null;
};

const COLUMNS = Prisma.sql`f.id, f.account_id, f.issue_id, f.source, f.path, f.start_line, f.end_line, v.name AS detector_id,
  v.cwes, coalesce(f.scan_name, r.name, '') AS project, f.title, f.severity, f.status, w.detail AS packed_detail, ${Prisma.raw(DICTIONARY_OF_RAW)} AS dictionary`;
const JOINS = Prisma.sql`JOIN vulnerability v ON v.id = f.vulnerability_id
  LEFT JOIN resource r ON r.account_id = f.account_id AND r.id = f.resource_id
  LEFT JOIN finding_raw w ON w.account_id = f.account_id AND w.finding_id = f.id`;
/** Of an issue, the finding that stands for it. */
const FIRST = Prisma.sql`(f.status = 'active') DESC, f.rank DESC, f.id`;

/**
 * What other sources say of the same problem in code: found by file, weakness, code and lines, or said by a person; and
 * what a person keeps apart. One finding an issue, those of the same problem first.
 */
export async function listSameProblems(id: string, { code }: Pick<FindingDetail, "code">): Promise<SameProblem[]> {
  if (code === null) return [];
  const [place] = await ask<Place>(Prisma.sql`SELECT ${COLUMNS} FROM finding f ${JOINS} WHERE f.id = ${id}::uuid`);
  if (!place?.path) return [];
  const [decided, alike] = await Promise.all([listDecided(place), listAlike(place, place.path)]);
  const others = new Map([...alike, ...decided].map((row) => [`${row.account_id} ${row.issue_id}`, row]));
  const problems = await Promise.all([...others.values()].map((other) => toSameProblem(toProblem(place, code), other)));
  return problems.filter((problem) => problem !== null).sort((a, b) => Number(b.isSame) - Number(a.isSame));
}

/** Findings of other sources in a file of that name, by the same detector or with a common weakness. */
async function listAlike({ source, detector_id, cwes }: Place, path: string): Promise<OtherRow[]> {
  const name = `%${(path.split("/").at(-1) ?? path).toLowerCase().replace(/[\\%_]/g, "\\$&")}`;
  return await ask<OtherRow>(Prisma.sql`
    SELECT ${COLUMNS}, NULL::boolean AS is_same, NULL::text AS user_name FROM finding f ${JOINS}
    WHERE ${isInFiles(Prisma.sql`SELECT digest FROM finding_path WHERE lower(path) LIKE ${name}`)} AND f.source <> ${source} AND f.status <> 'closed'
      AND (v.cwes && ${cwes}::text[] OR split_part(lower(v.name), '@', 1) = split_part(lower(${detector_id}), '@', 1))
      AND (${IS_SAMPLE_SHOWN} OR NOT f.is_sample)
    ORDER BY ${FIRST} LIMIT ${MOST_LOOKED_AT}`);
}

async function listDecided({ account_id, issue_id }: Place): Promise<OtherRow[]> {
  return await ask<OtherRow>(Prisma.sql`
    SELECT ${COLUMNS}, d.is_same, p.user_name
    FROM (
      SELECT other_account_id AS account_id, other_issue_id AS issue_id, is_same, decided_by FROM same_problem
      WHERE account_id = ${account_id} AND issue_id = ${issue_id}::uuid
      UNION ALL
      SELECT account_id, issue_id, is_same, decided_by FROM same_problem
      WHERE other_account_id = ${account_id} AND other_issue_id = ${issue_id}::uuid
    ) AS d
    CROSS JOIN LATERAL (
      SELECT * FROM finding f WHERE f.account_id = d.account_id AND f.issue_id = d.issue_id
        AND (${IS_SAMPLE_SHOWN} OR NOT f.is_sample)
      ORDER BY ${FIRST} LIMIT 1
    ) AS f ${JOINS} LEFT JOIN person p ON p.id = d.decided_by`);
}

/** null where neither a person nor the code says that the two have anything to do with each other. */
async function toSameProblem(one: CodeProblem, other: OtherRow): Promise<SameProblem | null> {
  const { code } = await readDetail(other.packed_detail, other.dictionary);
  const reasons = whySameProblem(one, toProblem(other, code));
  if (reasons === null && other.is_same === null) return null;
  return {
    findingId: other.id,
    source: other.source,
    title: other.title,
    severity: other.severity,
    status: other.status,
    project: other.project,
    path: other.path ?? "",
    startLine: other.start_line ?? 0,
    isSame: other.is_same ?? true,
    reasons: reasons ?? [],
    decidedBy: other.is_same === null ? null : (other.user_name ?? ""),
  };
}

function toProblem(place: Place, code: FindingDetail["code"]): CodeProblem {
  return {
    detectorId: place.detector_id,
    cwes: place.cwes,
    project: place.project,
    path: place.path ?? "",
    startLine: place.start_line ?? 0,
    endLine: place.end_line ?? 0,
    line: code?.snippet.find(({ number }) => number === place.start_line)?.content ?? null,
  };
}
