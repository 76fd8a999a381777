import { z } from "zod";
import type { Resource, ScanType } from "../organisation/finding.ts";
import { DAY, HOUR, toEpochSeconds } from "../organisation/time.ts";
import { invalidField } from "./errors.ts";
import { type Operation, pageOf, parseInput, type Scene } from "./operation.ts";

const inputSchema = z.strictObject({
  filterCriteria: z.record(z.string(), z.unknown()).default({}),
  maxResults: z.int().min(1).max(200).default(50),
  nextToken: z.string().max(1_000_000).optional(),
});
const filtersSchema = z
  .array(z.strictObject({ comparison: z.enum(["EQUALS", "NOT_EQUALS"]), value: z.string().min(1).max(1024) }))
  .min(1)
  .max(10);

/** What ListCoverage says of one resource and one way of scanning it. */
type Covered = ReturnType<typeof toCovered>;

const CRITERIA: Record<string, (covered: Covered) => string> = {
  accountId: ({ accountId }) => accountId,
  resourceId: ({ resourceId }) => resourceId,
  resourceType: ({ resourceType }) => resourceType,
  scanType: ({ scanType }) => scanType,
  scanStatusCode: ({ scanStatus }) => scanStatus.statusCode,
  scanStatusReason: ({ scanStatus }) => scanStatus.reason,
};

/** How long a resource that is gone is still listed, as terminated. */
const LISTED_AFTER_GONE = DAY;

/** ListCoverage: the resources of a region that Inspector knows, and whether it scans them. */
export const listCoverage: Operation = (input, scene, pageFault) => {
  const { filterCriteria, maxResults, nextToken } = parseInput(inputSchema, input);
  const query = `ListCoverage/${JSON.stringify(filterCriteria)}`;
  const matches = coverageFilter(filterCriteria);
  const resultsAt = (instant: number) =>
    scene.views.remember(`${scene.region}/${instant}/${query}`, () => coveredAt(scene, instant).filter(matches));
  const { results, nextToken: next } = pageOf(scene, { query, nextToken, size: maxResults, resultsAt }, pageFault);
  return JSON.stringify({ coveredResources: results, nextToken: next });
};

function coveredAt({ views, region, organisation }: Scene, instant: number): Covered[] {
  const joined = new Set(organisation.accounts.filter(({ joinedAt }) => joinedAt <= instant).map(({ id }) => id));
  return views
    .resources(region)
    .filter(
      ({ accountId, bornAt, goneAt }) =>
        joined.has(accountId) && bornAt <= instant && instant < goneAt + LISTED_AFTER_GONE,
    )
    .flatMap((resource) => resource.scanTypes.map((scanType) => toCovered(resource, scanType, instant)));
}

function toCovered(resource: Resource, scanType: ScanType, instant: number) {
  const scannedUntil = Math.min(resource.goneAt, resource.unscanned?.from ?? instant, instant);
  // Scanned when it appears, then at least twice a day.
  const lastScannedAt = resource.bornAt + Math.floor((scannedUntil - resource.bornAt) / (12 * HOUR)) * 12 * HOUR;
  return {
    resourceType: resource.type,
    resourceId: resource.id,
    accountId: resource.accountId,
    scanType,
    scanStatus: statusOf(resource, instant),
    lastScannedAt: toEpochSeconds(lastScannedAt),
    provider: "AWS",
    providerAccountId: resource.accountId,
    providerRegion: resource.region,
    ...resource.coverage,
  };
}

function statusOf(
  { bornAt, goneAt, unscanned }: Resource,
  instant: number,
): { statusCode: "ACTIVE" | "INACTIVE"; reason: string } {
  if (goneAt <= instant) return { statusCode: "INACTIVE", reason: "RESOURCE_TERMINATED" };
  if (unscanned && unscanned.from <= instant) return { statusCode: "INACTIVE", reason: unscanned.reason };
  if (instant - bornAt < 0.1 * HOUR) return { statusCode: "ACTIVE", reason: "PENDING_INITIAL_SCAN" };
  return { statusCode: "ACTIVE", reason: "SUCCESSFUL" };
}

function coverageFilter(criteria: Record<string, unknown>): (covered: Covered) => boolean {
  const tests = Object.entries(criteria).map(([name, filters]) => {
    const read = Object.hasOwn(CRITERIA, name) ? CRITERIA[name] : undefined;
    if (read === undefined) throw invalidField(`filterCriteria.${name}`, "The sample does not support this criterion");
    const { data } = filtersSchema.safeParse(filters);
    if (data === undefined) throw invalidField(`filterCriteria.${name}`, "Not a list of 1 to 10 filters");
    const wanted = new Set(data.filter(({ comparison }) => comparison === "EQUALS").map(({ value }) => value));
    const forbidden = new Set(data.filter(({ comparison }) => comparison === "NOT_EQUALS").map(({ value }) => value));
    return (covered: Covered) => {
      const value = read(covered);
      return !forbidden.has(value) && (wanted.size === 0 || wanted.has(value));
    };
  });
  return (covered) => tests.every((test) => test(covered));
}
