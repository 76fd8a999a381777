import { z } from "zod";
import { isPartOfRule, plainName } from "./exception-query.ts";
import { toSearchParams } from "./filter-text.ts";
import { type FieldName, type FindingConditions, findingConditionsSchema } from "./finding-filter.ts";
import { severitySchema } from "./severity.ts";
import { endSchema, groundsSchema, reasonSchema } from "./triage-act.ts";

/** Ends within so many days: somebody has to renew it or let it go. */
export const EXPIRING_DAYS = 14;
/** A back-test looks so far back. */
export const BACK_TEST_DAYS = 90;

/** What can change without the finding's being written: rules on these are looked at again by the hour. */
const MOVING = new Set<FieldName>(["age", "epss", "tag", "cwe", "q", "image", "function", "repository", "team"]);

const isAsked = ([, value]: [string, unknown]) =>
  value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);

/** The fields that a filter asks something of, by their plain names. */
function fieldsOf(filter: FindingConditions): FieldName[] {
  return Object.entries(filter)
    .filter(isAsked)
    .map(([name]) => plainName(name));
}

/** Why a filter of the list cannot be a rule's; empty = it can. */
function whyNoRule(filter: FindingConditions): { field: string; message: string }[] {
  const fields = fieldsOf(filter);
  if (fields.length === 0) {
    return [{ field: "", message: "Say what the rule is about: without a filter it would hide everything" }];
  }
  return fields
    .filter((field) => !isPartOfRule(field))
    .map((field) => ({
      field,
      message: `A rule cannot hang on ${field}: it changes by deciding or by time. Leave it out`,
    }));
}

export function movesByItself(filter: FindingConditions): boolean {
  return fieldsOf(filter).some((field) => MOVING.has(field));
}

export const exceptionFilterSchema = findingConditionsSchema.superRefine((filter, context) => {
  for (const { field, message } of whyNoRule(filter)) {
    context.addIssue({ code: "custom", message, path: field === "" ? [] : [field] });
  }
});

/** The filter as an address has it: what is kept of it, in one spelling. */
export function toExceptionQuery(filter: FindingConditions): string {
  const params = toSearchParams(filter);
  params.sort();
  return params.toString();
}

export function readExceptionQuery(query: string): FindingConditions {
  return findingConditionsSchema.parse(Object.fromEntries(new URLSearchParams(query)));
}

const untilSchema = z.union([z.literal("fix"), endSchema]);
export type Until = z.infer<typeof untilSchema>;
const ownerSchema = z.string().min(1).max(64).describe("A user name: who renews it or lets it go");

/** What a preview is asked about. */
export const exceptionDraftSchema = z.strictObject({ filter: exceptionFilterSchema, until: untilSchema.optional() });
export type ExceptionDraft = z.infer<typeof exceptionDraftSchema>;

/** `owner` left out: who makes it. */
export const newExceptionSchema = z.strictObject({
  filter: exceptionFilterSchema,
  grounds: groundsSchema,
  until: untilSchema,
  reason: reasonSchema,
  owner: ownerSchema.optional(),
});
export type NewException = z.infer<typeof newExceptionSchema>;

/** What becomes of it; what is left out stays. `version`: the one that was looked at. */
export const exceptionChangeSchema = z.strictObject({
  version: z.number().int().min(1),
  filter: exceptionFilterSchema.optional(),
  grounds: groundsSchema.optional(),
  until: untilSchema.optional(),
  reason: reasonSchema.optional(),
  owner: ownerSchema.optional(),
});
export type ExceptionChange = z.infer<typeof exceptionChangeSchema>;

/** A second person's word about what waits for it. */
export const reviewSchema = z.strictObject({
  decision: z.enum(["approved", "declined"]),
  reason: reasonSchema,
});
export type Review = z.infer<typeof reviewSchema>;

export const exceptionEndSchema = z.strictObject({ reason: reasonSchema });

const countsBySeverity = z.partialRecord(severitySchema, z.number().int());

/** What a rule would hide at this moment, of what is active. */
export const exceptionPreviewSchema = z.object({
  count: z.number().int(),
  bySeverity: countsBySeverity,
  knownExploited: z.number().int(),
  /** Most first, the first ten. */
  accounts: z.array(z.object({ accountId: z.string(), accountName: z.string().nullable(), count: z.number().int() })),
  accountCount: z.number().int(),
  /** That match and are suppressed already, by whomever. */
  alreadySuppressed: z.number().int(),
  /** It would touch what is critical or known exploited, and a second person has to agree. */
  needsApproval: z.boolean(),
});
export type ExceptionPreview = z.infer<typeof exceptionPreviewSchema>;

/** What it would have hidden of the findings that came in the last 90 days. Severity is the one with which they came. */
export const backTestSchema = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  count: z.number().int(),
  bySeverity: countsBySeverity,
  knownExploited: z.number().int(),
  /** Of them, how many have been fixed since: somebody did something about them. */
  fixedSince: z.number().int(),
  /** Days with any, oldest first. */
  days: z.array(z.object({ day: z.iso.date(), count: z.number().int(), knownExploited: z.number().int() })),
});
export type BackTest = z.infer<typeof backTestSchema>;

export const exceptionStateSchema = z.enum(["awaiting", "active", "ended"]);
export type ExceptionState = z.infer<typeof exceptionStateSchema>;

/** What a rule says from some change on. */
export const exceptionVersionSchema = z.object({
  number: z.number().int(),
  /** The list's filter, as an address has it. */
  query: z.string(),
  grounds: groundsSchema,
  reason: z.string(),
  until: untilSchema,
  owner: z.string(),
  madeBy: z.string(),
  madeAt: z.iso.datetime(),
  /** Whether it holds critical and known-exploited findings too. */
  holdsGrave: z.boolean(),
  review: z
    .object({ decision: z.enum(["approved", "declined"]), by: z.string(), at: z.iso.datetime(), reason: z.string() })
    .nullable(),
});
export type ExceptionVersion = z.infer<typeof exceptionVersionSchema>;

export const exceptionSchema = z.object({
  id: z.uuid(),
  state: exceptionStateSchema,
  /** What it says; of one that awaits its first approval, what it would. */
  version: exceptionVersionSchema,
  /** A change that waits for a second person. */
  pending: exceptionVersionSchema.nullable(),
  createdBy: z.string(),
  createdAt: z.iso.datetime(),
  /** What it holds at this moment, open findings only. */
  held: z.object({ count: z.number().int(), critical: z.number().int(), knownExploited: z.number().int() }),
  /** Critical and known-exploited findings that match and are not held: a second person has not agreed. */
  notHeld: z.number().int(),
  lastMatchAt: z.iso.datetime().nullable(),
  /** How far it has been applied; null = to all. */
  progress: z.object({ done: z.number().int(), total: z.number().int() }).nullable(),
  ended: z
    .object({
      at: z.iso.datetime(),
      by: z.string().nullable(), // null = it ran out
      cause: z.enum(["person", "expiry", "declined"]),
      reason: z.string().nullable(),
    })
    .nullable(),
});
export type Exception = z.infer<typeof exceptionSchema>;

/** With what it said before, newest first. */
export const exceptionDetailSchema = exceptionSchema.extend({ versions: z.array(exceptionVersionSchema) });
export type ExceptionDetail = z.infer<typeof exceptionDetailSchema>;

export const exceptionsFilterSchema = z.strictObject({
  state: exceptionStateSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(256).optional(),
});
export type ExceptionsFilter = z.infer<typeof exceptionsFilterSchema>;

/** Newest first. */
export const exceptionsSchema = z.object({ items: z.array(exceptionSchema), nextCursor: z.string().nullable() });
export type Exceptions = z.infer<typeof exceptionsSchema>;

/** What ends within 14 days: a rule, or what one decision suppressed; the next to end first. */
export const expiringSchema = z.object({
  items: z.array(
    z.object({
      kind: z.enum(["rule", "decision"]),
      id: z.uuid(),
      endsAt: z.iso.datetime(),
      owner: z.string(),
      grounds: groundsSchema,
      reason: z.string(),
      query: z.string().nullable(), // a rule's
      count: z.number().int(), // findings that it holds
      knownExploited: z.number().int(),
    }),
  ),
});
export type Expiring = z.infer<typeof expiringSchema>;

/** How exceptions are made here. */
export const exceptionPolicySchema = z.strictObject({
  /** What touches critical or known-exploited findings waits for a second person. */
  secondApprover: z.boolean(),
});
export type ExceptionPolicy = z.infer<typeof exceptionPolicySchema>;
