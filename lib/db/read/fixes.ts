import { toSearchParams } from "#lib/domain/filter-text.ts";
import type { FindingConditions } from "#lib/domain/finding-filter.ts";
import type { Fix, FixesQuery, FixPage } from "#lib/domain/fix.ts";
import { fixCommand, platformOf } from "#lib/domain/fix-command.ts";
import { CONTAINER_IMAGE_TYPES } from "#lib/domain/resource-type.ts";
import { parseFixCursor, toFixCursor } from "./fix-cursor.ts";
import { type FixRow, selectFixEffects } from "./fix-effects.ts";
import { selectFixHeads } from "./fix-heads.ts";
import { readConditions } from "./read-conditions.ts";
import { isSampleShown } from "./sample-visibility.ts";

/** Names of what runs other code, as package managers and systems call it: a build with a newer one closes its findings. */
const RUNTIME =
  /^(go\/)?stdlib$|^(java-[\d.]+-)?openjdk|^node(js)?(\d+)?$|^python(\d(\.\d+)?)?$|^(dotnet|php|ruby)[\d.-]*$/;

const FIXABLE: FindingConditions["fixAvailable"] = ["yes", "partial"];

/**
 * One page of fixes, the one that closes the most of what matches first; each opens exactly the list of what it closes.
 * Throws AppError for a cursor of another filter.
 */
export async function listFixes(query: FixesQuery, now = new Date()): Promise<FixPage> {
  const after = parseFixCursor(query);
  const { limit, cursor: _cursor, ...narrowed } = query;
  const filter: FindingConditions = { ...narrowed, status: ["active"], "-status": [] };
  const options = { now, isSampleShown: await isSampleShown() };
  const conditions = await readConditions(filter, options);
  const found = await selectFixHeads(filter, conditions, { after, limit: limit + 1, ...options });
  const heads = found.slice(0, limit);
  const last = heads.at(-1);
  const rows = await selectFixEffects(heads, conditions, now);
  return {
    items: rows.sort(byEffect).map((row) => toFix(row, filter)),
    nextCursor: found.length > limit && last ? toFixCursor(query, last) : null,
  };
}

function byEffect(a: FixRow, b: FixRow): number {
  return b.findings - a.findings || b.known_exploited - a.known_exploited || (a.lineage_id < b.lineage_id ? -1 : 1);
}

function toFix(row: FixRow, filter: FindingConditions): Fix {
  const [packageVersion = null, another] = row.versions;
  const isPackage = row.kind === "package";
  return {
    kind: toKind(row),
    place: toPlace(row),
    lineageId: row.lineage_id,
    accountId: row.account_id,
    accountName: row.account_name,
    resourceType: row.resource_type,
    packageName: isPackage ? row.package_name : null,
    packageVersion: isPackage && another === undefined ? packageVersion : null,
    fixedIn: isPackage ? row.package_fixed_in : null,
    code: row.kind === "code" ? { title: row.title, path: row.path ?? "", startLine: row.start_line ?? 0 } : null,
    command: toCommand(row),
    findings: row.findings,
    resources: row.resources,
    knownExploited: row.known_exploited,
    overdue: row.overdue,
    dueThisWeek: row.due_this_week,
    bySeverity: Object.fromEntries(Object.entries(row.severities).filter(([, count]) => count > 0)),
    filter: toSearchParams({ ...filter, ...toConditions(row, filter) }).toString(),
  };
}

function toKind({ kind, package_name: name }: FixRow): Fix["kind"] {
  return RUNTIME.test(name) ? "runtime" : kind;
}

/** The name within the lineage, as in `image:123456789012/payments/api`; what stands for itself by its own name. */
function toPlace({ lineage, resource_name: name }: FixRow): string {
  const [, kind, place] = /^(image|function|fleet|repository):[^/]*\/(.+)$/.exec(lineage ?? "") ?? [];
  return kind === undefined ? (name ?? "") : (place ?? "");
}

function toCommand(row: FixRow): string | null {
  if (row.kind === "base-image") return "docker build --pull --no-cache .";
  if (row.kind === "code") return null;
  const { package_name: name, package_fixed_in: fixedIn, package_manager: manager } = row;
  const one = { name, version: row.versions[0] ?? "", fixedIn, manager, remediation: null };
  return fixCommand(one, platformOf(row.resource_details ?? {}));
}

/** What of the filtered list the fix closes. */
function toConditions(row: FixRow, filter: FindingConditions): Partial<FindingConditions> {
  const place = { accountId: [row.account_id], lineageId: [row.lineage_id] };
  if (row.kind === "base-image") {
    const asked =
      filter.fixAvailable.length === 0 ? FIXABLE : FIXABLE.filter((one) => filter.fixAvailable.includes(one));
    return { ...place, fixAvailable: asked, packageManager: ["OS"] };
  }
  if (row.kind === "code") return { ...place, type: ["code"] };
  const ofPackage = { packageName: [row.package_name], packageFixedIn: [row.package_fixed_in] };
  // What comes with the base of an image is another fix.
  return CONTAINER_IMAGE_TYPES.includes(row.resource_type)
    ? { ...place, ...ofPackage, "-packageManager": [...new Set([...filter["-packageManager"], "OS"])] }
    : { ...place, ...ofPackage };
}
