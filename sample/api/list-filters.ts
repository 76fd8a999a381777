import { hash } from "node:crypto";
import { z } from "zod";
import { DAY, toEpochSeconds } from "../organisation/time.ts";
import { type Operation, pageOf, parseInput, type Scene } from "./operation.ts";
import type { SeenFinding } from "./seen-finding.ts";

const inputSchema = z.strictObject({
  action: z.enum(["NONE", "SUPPRESS"]).optional(),
  arns: z.array(z.string().max(2048)).max(10).default([]),
  maxResults: z.int().min(1).max(100).default(100),
  nextToken: z.string().max(1_000_000).optional(),
});

/** ListFilters: the suppression rules by which the accounts of a region set findings aside, in order of their ARNs. */
export const listFilters: Operation = (input, scene, pageFault) => {
  const { action, arns, maxResults, nextToken } = parseInput(inputSchema, input);
  const query = `ListFilters/${JSON.stringify({ action, arns })}`;
  const resultsAt = (instant: number) =>
    scene.views.remember(`${scene.region}/${instant}/${query}`, () =>
      action === "NONE" ? [] : filtersAt(scene, instant).filter(({ arn }) => arns.length === 0 || arns.includes(arn)),
    );
  const page = pageOf(scene, { query, nextToken, size: maxResults, resultsAt }, pageFault);
  return JSON.stringify({ filters: page.results, nextToken: page.nextToken });
};

/** One rule for each title that an account suppresses. */
function filtersAt({ views, region, organisation }: Scene, instant: number) {
  const suppressed = views.findings(region, instant).filter(({ status }) => status === "SUPPRESSED");
  const ruled = Map.groupBy(suppressed, (seen) => `${seen.finding.resource.accountId} ${titleOf(seen)}`);
  return [...ruled.values()]
    .flatMap(([seen]) => (seen ? toFilter(seen, region, organisation.start - 30 * DAY) : []))
    .sort((a, b) => (a.arn < b.arn ? -1 : 1));
}

function toFilter(seen: SeenFinding, region: string, createdAt: number) {
  const { accountId } = seen.finding.resource;
  const title = titleOf(seen);
  const name = hash("sha256", title).slice(0, 16);
  const equals = (value: string) => [{ comparison: "EQUALS", value }];
  return {
    arn: `arn:aws:inspector2:${region}:${accountId}:owner/${accountId}/filter/${name}`,
    ownerId: accountId,
    name: `accepted-${name.slice(0, 6)}`,
    action: "SUPPRESS",
    criteria: { awsAccountId: equals(accountId), title: equals(title) },
    reason: "Reviewed by the account's owner.",
    createdAt: toEpochSeconds(createdAt),
    updatedAt: toEpochSeconds(createdAt),
  };
}

function titleOf({ finding: { problem }, assessment }: SeenFinding): string {
  const described: { title?: unknown } = problem.describe(assessment);
  return String(described.title);
}
