import { z } from "zod";
import { findingFilter } from "./finding-filter.ts";
import { findingOrder } from "./finding-order.ts";
import { type Operation, pageOf, parseInput } from "./operation.ts";
import { toJson } from "./seen-finding.ts";

const inputSchema = z.strictObject({
  filterCriteria: z.record(z.string(), z.unknown()).default({}),
  sortCriteria: z.strictObject({ field: z.string(), sortOrder: z.enum(["ASC", "DESC"]) }).optional(),
  maxResults: z.int().min(1).max(100).default(25),
  nextToken: z.string().max(1_000_000).optional(),
});

/** ListFindings: the findings of a region, in the order of their ARNs unless another is asked for. */
export const listFindings: Operation = (input, scene, pageFault) => {
  const { filterCriteria, sortCriteria, maxResults, nextToken } = parseInput(inputSchema, input);
  const query = `ListFindings/${JSON.stringify({ filterCriteria, sortCriteria })}`;
  const matches = findingFilter(filterCriteria);
  const order = sortCriteria && findingOrder(sortCriteria);
  const resultsAt = (instant: number) =>
    scene.views.remember(`${scene.region}/${instant}/${query}`, () => {
      const findings = scene.views.findings(scene.region, instant).filter(matches);
      return order ? findings.sort(order) : findings;
    });
  const page = pageOf(scene, { query, nextToken, size: maxResults, resultsAt }, pageFault);
  const token = page.nextToken === undefined ? "" : `,"nextToken":"${page.nextToken}"`;
  return `{"findings":[${page.results.map(toJson).join(",")}]${token}}`;
};
