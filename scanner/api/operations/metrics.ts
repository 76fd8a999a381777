import { z } from "zod";
import { countOpenFindings, listDayCounts, type OpenCount } from "../../store/read-metrics.ts";
import { DAY_MS, endOfDay, noFindings, severityKey, toDay, toDayMetrics } from "../day-metrics.ts";
import { pageSchema, queryDateSchema } from "../input-schemas.ts";
import { operation } from "../operation.ts";
import { fieldError } from "../wire-error.ts";
import { toSeconds } from "../wire-values.ts";

const MOST_DAYS = 2 * 366; // AWS looks back two years
const TOP_CATEGORIES = 5;
const TOP_SCANS = 3;

/** Findings open at the end of a day (UTC), and where most of them are. */
export const getMetricsSummary = operation(
  { name: "GetMetricsSummary", method: "GET", path: "/metrics/summary", input: z.object({ date: queryDateSchema }) },
  async ({ date }, { database, now }) => {
    requireRecent("date", date, now());
    const day = toDay(date);
    const counts = await countOpenFindings(database, endOfDay(day));
    const openFindings = noFindings();
    for (const { severity, findings } of counts) openFindings[severityKey(severity)] += findings;
    const critical = counts.filter(({ severity }) => severity === "Critical");
    const toScans = (open: OpenCount[]) =>
      topOf(open, ({ scanName }) => scanName, TOP_SCANS).map(([scanName, findingNumber]) => ({
        scanName,
        findingNumber,
      }));
    return {
      metricsSummary: {
        date: toSeconds(new Date(day)),
        openFindings,
        categoriesWithMostFindings: topOf(counts, ({ detectorName }) => detectorName, TOP_CATEGORIES).map(
          ([categoryName, findingNumber]) => ({ categoryName, findingNumber }),
        ),
        scansWithMostOpenFindings: toScans(counts),
        scansWithMostOpenCriticalFindings: toScans(critical),
      },
    };
  },
);

/** What came and went on each day (UTC) of a span. */
export const listFindingsMetrics = operation(
  {
    name: "ListFindingsMetrics",
    method: "GET",
    path: "/metrics/findings",
    input: z.object({ startDate: queryDateSchema, endDate: queryDateSchema, ...pageSchema(1000) }),
  },
  async ({ startDate, endDate, nextToken, maxResults }, { database, tokens, now }) => {
    requireRecent("startDate", startDate, now());
    requireRecent("endDate", endDate, now());
    if (endDate < startDate) throw fieldError("endDate", "must not be before startDate");
    const [from, to] = [toDay(startDate), toDay(endDate)];
    const query = ["ListFindingsMetrics", from, to];
    const first = nextToken === undefined ? from : toDay(endOfDay(tokens.read(query, nextToken)));
    const days = toDayMetrics(await listDayCounts(database, endOfDay(to)), first, to);
    const page = days.slice(0, maxResults);
    const last = page.at(-1);
    return {
      findingsMetrics: page.map(({ day, ...metrics }) => ({ date: toSeconds(new Date(day)), ...metrics })),
      nextToken: last && days.length > page.length ? tokens.write(query, last.day) : undefined,
    };
  },
);

function requireRecent(name: string, date: Date, now: Date): void {
  if (date.getTime() > now.getTime() + DAY_MS) throw fieldError(name, "must not be in the future");
  if (date.getTime() < now.getTime() - MOST_DAYS * DAY_MS) throw fieldError(name, "must be within the past two years");
}

/** The keys with the most findings, most first, ties by name. */
function topOf(counts: OpenCount[], keyOf: (count: OpenCount) => string, length: number): [string, number][] {
  const sums = new Map<string, number>();
  for (const count of counts) sums.set(keyOf(count), (sums.get(keyOf(count)) ?? 0) + count.findings);
  return [...sums].sort(([a, inA], [b, inB]) => inB - inA || (a < b ? -1 : 1)).slice(0, length);
}
