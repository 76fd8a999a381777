import { z } from "zod";
import { asOfSchema } from "./as-of.ts";
import { manyOf, rangesOf } from "./filter-schemas.ts";
import { DUES, FINDING_SORTS, HOLD_KINDS, NOBODY, YES_OR_NO } from "./filter-words.ts";
import { exploitAvailableSchema, findingStatusSchema, fixAvailableSchema, sourceNameSchema } from "./finding.ts";
import { movementSchema, moveReasonSchema } from "./lifecycle-event.ts";
import { severitySchema } from "./severity.ts";
import { NO_TEAM } from "./team-words.ts";

/** `2026-11-24` or a full instant; a calendar day means its first instant in UTC. */
const instantOrDaySchema = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .transform((text) => new Date(text).toISOString());
const yesSchema = z.enum(YES_OR_NO);
/** PostgreSQL's text cannot hold NUL. */
const noNul = (text: string): boolean => !text.includes("\0");
const textSchema = z.string().min(1).max(2048).refine(noNul, "A text cannot hold NUL");

export const findingSortSchema = z.enum(FINDING_SORTS);
export type FindingSort = z.infer<typeof findingSortSchema>;

export const dueSchema = z.enum(DUES);
export type Due = z.infer<typeof dueSchema>;

export const holdKindSchema = z.enum(HOLD_KINDS);
export type HoldKind = z.infer<typeof holdKindSchema>;

/** What takes several values, and with a minus before its name leaves out what has one of them. */
const LIST_FIELDS = {
  severity: manyOf(severitySchema),
  status: manyOf(findingStatusSchema), // none = all; pages always write status=active
  source: manyOf(sourceNameSchema),
  type: manyOf(textSchema),
  accountId: manyOf(textSchema),
  region: manyOf(textSchema),
  resourceType: manyOf(textSchema),
  resourceId: manyOf(textSchema),
  tag: manyOf(textSchema).describe("A tag of the resource: key=value, or key alone"),
  image: manyOf(textSchema).describe("An image repository by its name"),
  function: manyOf(textSchema).describe("A Lambda function by its name"),
  repository: manyOf(textSchema).describe("A code repository by its name"),
  scanName: manyOf(textSchema),
  team: manyOf(textSchema).describe(`Teams by their ids; ${NO_TEAM} for what no team has`),
  path: manyOf(textSchema).describe("A file; * stands for any text"),
  cve: manyOf(textSchema),
  cwe: manyOf(textSchema),
  detectorId: manyOf(textSchema),
  packageName: manyOf(textSchema).describe("The package that the list shows: the first with a fix, else the first"),
  packageVersion: manyOf(textSchema),
  packageFixedIn: manyOf(textSchema),
  packageManager: manyOf(textSchema),
  fixAvailable: manyOf(fixAvailableSchema),
  exploitAvailable: manyOf(exploitAvailableSchema),
  knownExploited: manyOf(yesSchema),
  epss: rangesOf(0, 1),
  score: rangesOf(0, 10),
  age: rangesOf(0, 36_500).describe("Whole days since it was first observed"),
  assignee: manyOf(textSchema).describe(`User names; ${NOBODY} for what is assigned to nobody`),
  due: manyOf(dueSchema),
  overdueDays: rangesOf(0, 36_500).describe("Whole days since it was due; what is not overdue has none"),
  suppressedBy: manyOf(holdKindSchema),
  exception: manyOf(z.uuid()).describe("A rule, or a decision to suppress, by its id: what it holds"),
  issueId: manyOf(z.uuid()),
  lineageId: manyOf(z.uuid()),
};
export type ListField = keyof typeof LIST_FIELDS;
/** Every field that takes several values. */
export const LIST_FIELD_NAMES = Object.keys(LIST_FIELDS) as ListField[]; // Object.keys forgets the keys' type

type Excluding<Fields> = { [Name in keyof Fields & string as `-${Name}`]: Fields[Name] };

/** The same fields with a minus before their names. */
function excluding<Fields extends Record<string, z.ZodType>>(fields: Fields): Excluding<Fields> {
  const pairs = Object.entries(fields).map(([name, schema]) => [
    `-${name}`,
    schema.describe(`Leaves out what ${name} would keep`),
  ]);
  // Object.fromEntries forgets the keys.
  return Object.fromEntries(pairs) as Excluding<Fields>;
}

/** What narrows the list; the same names in the API's query, the page's URL, the facets and the CSV. */
export const findingConditionsSchema = z.strictObject({
  ...LIST_FIELDS,
  ...excluding(LIST_FIELDS),
  q: z
    .string()
    .trim()
    .max(200)
    .refine(noNul, "A text cannot hold NUL")
    .optional()
    .describe('Words that all occur; "exact words" together, -word not at all'),
  firstObservedFrom: instantOrDaySchema.optional(),
  firstObservedTo: instantOrDaySchema.optional(),
  updatedFrom: instantOrDaySchema.optional(),
  updatedTo: instantOrDaySchema.optional(),
  /** Findings that moved so, recorded in [movedFrom, movedTo); `severity` is then the one that the movement had. */
  movement: manyOf(movementSchema),
  /** The same by why they moved. */
  moved: manyOf(moveReasonSchema),
  movedFrom: instantOrDaySchema.optional(),
  movedTo: instantOrDaySchema.optional(),
  /** Findings of open issues whose clock started in [issueOpenedFrom, issueOpenedTo). */
  issueOpenedFrom: instantOrDaySchema.optional(),
  issueOpenedTo: instantOrDaySchema.optional(),
  /** Findings of issues that were fixed in [issueFixedFrom, issueFixedTo), by the issue's clock. */
  issueFixedFrom: instantOrDaySchema.optional(),
  issueFixedTo: instantOrDaySchema.optional(),
  /** As the findings stood then: status, severity, score, rank, assignee and due date; the rest is today's. */
  asOf: asOfSchema.optional(),
});
export type FindingConditions = z.infer<typeof findingConditionsSchema>;
/** A field by its plain name, whether it keeps or leaves out. */
export type FieldName = Exclude<keyof FindingConditions, `-${string}`>;

/** A page of the list: what narrows it, its order, where it starts. */
export const findingFilterSchema = findingConditionsSchema.extend({
  sort: findingSortSchema.default("rank"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1024).optional(),
});
export type FindingFilter = z.infer<typeof findingFilterSchema>;
/** The same as it is written in a URL. */
export type FindingQuery = z.input<typeof findingFilterSchema>;
