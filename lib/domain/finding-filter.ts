import { z } from "zod";
import { asOfSchema } from "./as-of.ts";
import { exploitAvailableSchema, findingStatusSchema, fixAvailableSchema, sourceNameSchema } from "./finding.ts";
import { movementSchema } from "./lifecycle-event.ts";
import { severitySchema } from "./severity.ts";

/** A query name that may repeat or hold several values between commas: `severity=critical,high&severity=low`. */
export function manyOf<T extends z.ZodType<string, string>>(one: T) {
  return z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((given) =>
      [given ?? []]
        .flat()
        .flatMap((text) => text.split(","))
        .map((text) => text.trim())
        .filter(Boolean),
    )
    .pipe(z.array(one).max(200));
}

/** Names that may hold a comma themselves: only repeating gives several. */
function repeatedOf<T extends z.ZodType<string, string>>(one: T) {
  return z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((given) => [given ?? []].flat())
    .pipe(z.array(one).max(200));
}

/** `2026-11-24` or a full instant; a calendar day means its first instant in UTC. */
const instantOrDaySchema = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .transform((text) => new Date(text).toISOString());
const yesSchema = z.enum(["yes", "no"]);
const textSchema = z.string().min(1).max(2048);

export const findingSortSchema = z.enum(["rank", "newest", "oldest", "epss", "due"]);
export type FindingSort = z.infer<typeof findingSortSchema>;

/** What narrows the list; the same names in the API's query, the page's URL, the facets and the CSV. */
export const findingConditionsSchema = z.strictObject({
  severity: manyOf(severitySchema),
  status: manyOf(findingStatusSchema), // none = all; pages always write status=active
  source: manyOf(sourceNameSchema),
  type: manyOf(textSchema),
  accountId: manyOf(textSchema),
  region: manyOf(textSchema),
  resourceType: manyOf(textSchema),
  resourceId: manyOf(textSchema),
  cve: manyOf(textSchema),
  detectorId: manyOf(textSchema),
  scanName: manyOf(textSchema),
  fixAvailable: manyOf(fixAvailableSchema),
  exploitAvailable: manyOf(exploitAvailableSchema),
  knownExploited: yesSchema.optional(),
  issueId: manyOf(z.uuid()),
  assignee: manyOf(textSchema),
  q: z.string().trim().max(200).optional(),
  firstObservedFrom: instantOrDaySchema.optional(),
  firstObservedTo: instantOrDaySchema.optional(),
  updatedFrom: instantOrDaySchema.optional(),
  updatedTo: instantOrDaySchema.optional(),
  lineageId: manyOf(z.uuid()),
  packageName: repeatedOf(textSchema),
  packageFixedIn: repeatedOf(textSchema),
  packageManager: manyOf(textSchema),
  /** Findings that moved so, recorded in [movedFrom, movedTo); `severity` is then the one that the movement had. */
  movement: manyOf(movementSchema),
  movedFrom: instantOrDaySchema.optional(),
  movedTo: instantOrDaySchema.optional(),
  /** Findings of open issues whose clock started in [issueOpenedFrom, issueOpenedTo). */
  issueOpenedFrom: instantOrDaySchema.optional(),
  issueOpenedTo: instantOrDaySchema.optional(),
  /** As the findings stood then: status, severity, score, rank, assignee and due date; the rest is today's. */
  asOf: asOfSchema.optional(),
});
export type FindingConditions = z.infer<typeof findingConditionsSchema>;

/** A page of the list: what narrows it, its order, where it starts. */
export const findingFilterSchema = findingConditionsSchema.extend({
  sort: findingSortSchema.default("rank"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1024).optional(),
});
export type FindingFilter = z.infer<typeof findingFilterSchema>;
/** The same as it is written in a URL. */
export type FindingQuery = z.input<typeof findingFilterSchema>;

const PAGING = new Set(["sort", "limit", "cursor"]);

/** What narrows the list and nothing else, in one spelling: two filters that mean the same give the same text. */
export function toConditionsText(filter: FindingFilter): string {
  const kept = Object.entries(filter)
    .filter(
      ([name, value]) =>
        !PAGING.has(name) && value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0),
    )
    .map(([name, value]) => [name, Array.isArray(value) ? [...value].sort() : value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(kept);
}

/** The filter as query names for a URL; what is empty or the default is left out. */
export function toSearchParams(filter: Partial<FindingFilter>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (Array.isArray(value)) {
      if (value.length > 0) params.set(name, value.join(","));
    } else if (
      value !== undefined &&
      value !== "" &&
      !(name === "sort" && value === "rank") &&
      !(name === "limit" && value === 50)
    ) {
      params.set(name, String(value));
    }
  }
  return params;
}
