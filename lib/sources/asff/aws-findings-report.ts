import { INSTALLATION_ACCOUNT_ID } from "#lib/domain/finding-words.ts";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { type AwsFinding, originOf, readAwsFindings } from "#lib/domain/read-aws-findings.ts";
import { toObservedFinding } from "../inspector/map-finding.ts";
import { toInspectorFinding as fromOcsf } from "../ocsf/to-inspector-finding.ts";
import type { ReadReport, Report } from "../source.ts";
import { toInspectorFinding as fromAsff } from "./to-inspector-finding.ts";

const PAGE = 1_000;

/**
 * Reads a list of findings in ASFF or OCSF. Those of Inspector become findings as Inspector itself would report them;
 * what other products found is counted and left out. It holds one page.
 */
export async function awsFindingsReport(report: Report): Promise<ReadReport> {
  let [findings, others] = [0, 0];
  for await (const one of readAwsFindings(report.open())) {
    report.signal.throwIfAborted();
    if (!originOf(one).isInspectors) others += 1;
    else if (isOpen(one)) findings += 1;
  }
  const detail = `${others} of other products: only those of Inspector are read`;
  const leftOut = others === 0 ? [] : [{ path: report.name, reason: "other-product", detail }];
  return { isWhole: true, findings, leftOut, observeFindings: () => observeFindings(report) };
}

async function* observeFindings(report: Report): AsyncGenerator<ObservedFinding[]> {
  let page: ObservedFinding[] = [];
  for await (const one of readAwsFindings(report.open())) {
    report.signal.throwIfAborted();
    if (!originOf(one).isInspectors || !isOpen(one)) continue;
    page.push(toReported(one, report));
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  yield page;
}

const CLOSED_STATUSES = new Set([4, 5, 6]); // resolved, archived, deleted
const CLOSE = 3;

/** Whether the problem is still there: what is archived or resolved is not. */
function isOpen(one: AwsFinding): boolean {
  if (one.format === "asff")
    return one.finding.RecordState !== "ARCHIVED" && one.finding.Workflow?.Status !== "RESOLVED";
  return one.finding.activity_id !== CLOSE && !CLOSED_STATUSES.has(one.finding.status_id ?? 0);
}

/** It belongs to the report's name, as every report's does; where it was made stands in the tags of its resource. */
function toReported(one: AwsFinding, { name, at }: Report): ObservedFinding {
  const { accountId, region } = originOf(one);
  const inspected = one.format === "asff" ? fromAsff(one.finding) : fromOcsf(one.finding);
  const firstTold = inspected.firstObservedAt ?? at;
  const dated = { firstObservedAt: firstTold < at ? firstTold : at, lastObservedAt: at };
  const observed = toObservedFinding({ ...inspected, ...dated, awsAccountId: INSTALLATION_ACCOUNT_ID }, null);
  const { resource, sourceId } = observed;
  return {
    ...observed,
    sourceId: `${name}/${sourceId}`,
    region: name,
    scanName: name,
    resource: { ...resource, tags: { ...resource.tags, "aws:account": accountId, "aws:region": region } },
    updatedAt: at,
    raw: one.raw,
  };
}
