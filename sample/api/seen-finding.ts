import type { Assessment, Finding, Problem, Resource } from "../organisation/finding.ts";
import type { FindingStatus } from "../organisation/life.ts";
import { toEpochSeconds } from "../organisation/time.ts";

/** A finding as Inspector shows it at one instant. */
export type SeenFinding = {
  finding: Finding;
  status: FindingStatus;
  assessment: Assessment;
  firstObservedAt: number;
  lastObservedAt: number;
  updatedAt: number;
};

/** What is to be seen of a finding at that instant; null before it is found and after it is deleted. */
export function seenAt(finding: Finding, instant: number): SeenFinding | null {
  const { changes, deletedAt } = finding.life;
  const first = changes[0];
  if (first === undefined || first.at > instant || deletedAt <= instant) return null;
  const current = changes.findLast(({ at }) => at <= instant) ?? first;
  const isClosed = current.status === "CLOSED";
  // A closed finding is no longer judged anew.
  const assessment = assessmentAt(finding.problem, isClosed ? current.at : instant);
  const lastChange = isClosed ? lastObservation(finding, current.at) : current.at;
  const lastObservedAt = Math.max(lastChange, assessment.at, first.at);
  return {
    finding,
    status: current.status,
    assessment,
    firstObservedAt: first.at,
    lastObservedAt,
    updatedAt: isClosed ? current.at : lastObservedAt,
  };
}

/** When a finding that closed at `closedAt` was last updated while it was still there. */
function lastObservation({ life }: Finding, closedAt: number): number {
  return life.changes.findLast(({ at, status }) => at < closedAt && status !== "CLOSED")?.at ?? closedAt;
}

function assessmentAt(problem: Problem, instant: number): Assessment {
  return problem.assessments.findLast(({ at }) => at <= instant) ?? problem.assessments[0];
}

const resourceJson = new WeakMap<Resource, string>();
const problemJson = new WeakMap<Problem, Map<Assessment, string>>();

/** The finding as JSON. Put together from parts that many findings share, so that a page costs little. */
export function toJson(seen: SeenFinding): string {
  const { arn, resource, problem } = seen.finding;
  return `{"findingArn":"${arn}","awsAccountId":"${resource.accountId}","status":"${seen.status}","firstObservedAt":${toEpochSeconds(seen.firstObservedAt)},"lastObservedAt":${toEpochSeconds(seen.lastObservedAt)},"updatedAt":${toEpochSeconds(seen.updatedAt)},${jsonOfProblem(problem, seen.assessment)},"resources":[${jsonOfResource(resource)}]}`;
}

function jsonOfResource(resource: Resource): string {
  const known = resourceJson.get(resource);
  if (known !== undefined) return known;
  const json = JSON.stringify(resource.body);
  resourceJson.set(resource, json);
  return json;
}

/** The members of the problem without the braces around them. */
function jsonOfProblem(problem: Problem, assessment: Assessment): string {
  const assessed = problemJson.get(problem) ?? new Map<Assessment, string>();
  problemJson.set(problem, assessed);
  const known = assessed.get(assessment);
  if (known !== undefined) return known;
  const members = { type: problem.type, severity: assessment.severity, ...problem.describe(assessment) };
  const json = JSON.stringify(members).slice(1, -1);
  assessed.set(assessment, json);
  return json;
}
