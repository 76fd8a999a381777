import { z } from "zod";
import { asOfSchema } from "./as-of.ts";
import { daySchema } from "./day-schema.ts";
import { severitySchema } from "./severity.ts";
import { MOST_SLA_DAYS, SLA_FIELDS, SLA_LEVELS } from "./sla-words.ts";
import { applyingSchema } from "./team.ts";
import { trendScopeSchema } from "./trends.ts";

export const slaLevelSchema = z.enum(SLA_LEVELS);
export const slaFieldSchema = z.enum(SLA_FIELDS);

/** Days from the start of an issue's clock, for one scope. What a rule leaves out comes from the next wider one. */
export const slaRuleSchema = z
  .strictObject({
    level: slaLevelSchema,
    id: z.string().min(1).max(64).nullable().default(null).describe("Of the account or the team"),
    days: z.partialRecord(slaFieldSchema, z.number().int().min(1).max(MOST_SLA_DAYS)),
  })
  .refine(({ level, id }) => (level === "organisation") === (id === null), {
    error: "The organisation has no id; an account or a team needs one",
    path: ["id"],
  })
  .refine(({ days }) => Object.keys(days).length > 0, { error: "Set at least one number of days", path: ["days"] });
export type SlaRule = z.infer<typeof slaRuleSchema>;

const MOST_RULES = 500;

/** A whole policy. No rules = no due dates but those that people set. `basedOn`: the version that was changed; 0 = none. */
export const newPolicySchema = z.strictObject({
  basedOn: z.number().int().min(0),
  rules: z
    .array(slaRuleSchema)
    .max(MOST_RULES)
    .superRefine((rules, context) => {
      const first = new Map<string, number>();
      rules.forEach(({ level, id }, index) => {
        const scope = `${level} ${id}`;
        const before = first.get(scope);
        if (before === undefined) first.set(scope, index);
        else {
          const message = `Rule ${before + 1} is for the same ${level}. Put the days of both into one rule`;
          context.addIssue({ code: "custom", message, path: [index, "id"] });
        }
      });
    }),
});
export type NewPolicy = z.infer<typeof newPolicySchema>;

const policyVersionSchema = z.object({
  /** From 1; later is higher. */
  number: z.number().int(),
  validFrom: z.iso.datetime(),
  savedBy: z.string().nullable(), // a user name
  rules: z.array(
    z.object({
      level: slaLevelSchema,
      id: z.string().nullable(),
      /** What the account or team is called; null where it is gone, or has no name. */
      name: z.string().nullable(),
      days: z.partialRecord(slaFieldSchema, z.number().int()),
    }),
  ),
});
export type PolicyVersion = z.infer<typeof policyVersionSchema>;

/** Every version, the one in force first. */
export const policySchema = z.object({ versions: z.array(policyVersionSchema), applying: applyingSchema });
export type Policy = z.infer<typeof policySchema>;

/** Which part of all findings, and the moment that it is told of; absent = now. */
export const slaStandingQuerySchema = trendScopeSchema.extend({ asOf: asOfSchema.optional() });
export type SlaStandingQuery = z.infer<typeof slaStandingQuerySchema>;

const countSchema = z.object({ findings: z.number().int(), issues: z.number().int() });
export type SlaCount = z.infer<typeof countSchema>;

/** Open findings by how their due dates stand. At risk is part of neither: it is in time, but not for long. */
const statesSchema = z.object({
  overdue: countSchema,
  atRisk: countSchema,
  inTime: countSchema, // not at risk
  undated: countSchema,
});
export type SlaStates = z.infer<typeof statesSchema>;

const lateSchema = countSchema.extend({ longestDays: z.number().int() });

export const slaStandingSchema = z.object({
  /** The moment that it is told of; null before the first sync. */
  asOf: z.iso.datetime().nullable(),
  all: statesSchema,
  bySeverity: z.partialRecord(severitySchema, statesSchema),
  /** How long what is overdue has been so: whole days, shortest first; `toDays` is null for the longest. */
  ages: z.array(
    countSchema.extend({
      fromDays: z.number().int(),
      toDays: z.number().int().nullable(),
      bySeverity: z.partialRecord(severitySchema, z.number().int()),
    }),
  ),
  /** Whose findings are overdue, most first, at most 50 each. */
  late: z.object({
    owners: z.array(lateSchema.extend({ userName: z.string().nullable() })), // null = assigned to nobody
    teams: z.array(lateSchema.extend({ id: z.string().nullable(), name: z.string() })), // null = no team
    accounts: z.array(lateSchema.extend({ id: z.string(), name: z.string().nullable() })),
  }),
});
export type SlaStanding = z.infer<typeof slaStandingSchema>;

/** Days, both included; `to` is today unless said, `from` makes it a year. */
export const complianceQuerySchema = trendScopeSchema.extend({
  from: daySchema.optional(),
  to: daySchema.optional(),
  asOf: asOfSchema.optional(),
});
export type ComplianceQuery = z.infer<typeof complianceQuerySchema>;

/** One UTC day, or one month of them: what was fixed in it, and what was open at its end. Issues that had a due date. */
const compliancePeriodSchema = z.object({
  from: daySchema,
  to: daySchema,
  /** The moment that its end is told of. */
  at: z.iso.datetime(),
  fixedInTime: z.number().int(),
  fixedLate: z.number().int(),
  openInTime: countSchema,
  overdue: countSchema,
  /** Those in time out of all of them; null where there is none. */
  share: z.number().nullable(),
});
export type CompliancePeriod = z.infer<typeof compliancePeriodSchema>;

export const complianceSchema = z.object({
  from: daySchema,
  to: daySchema,
  grain: z.enum(["day", "month"]),
  /** The moment that it is told of; null before the first sync. */
  asOf: z.iso.datetime().nullable(),
  firstSyncAt: z.iso.datetime().nullable(),
  /** In order of time; those that ended before the first sync are left out: nothing is known of them. */
  periods: z.array(compliancePeriodSchema),
});
export type Compliance = z.infer<typeof complianceSchema>;

/** Of which teams (none = of all), and the moment that it is told of; absent = now. */
export const dueByTeamQuerySchema = z.strictObject({
  team: trendScopeSchema.shape.team,
  asOf: asOfSchema.optional(),
});
export type DueByTeamQuery = z.infer<typeof dueByTeamQuerySchema>;

/** Open findings that are overdue or due within seven days, by team, most overdue first. */
export const dueByTeamSchema = z.object({
  /** The moment that it is told of. */
  asOf: z.iso.datetime(),
  overdue: z.number().int(),
  dueInWeek: z.number().int(),
  teams: z.array(
    z.object({
      id: z.string().nullable(), // null = no team
      name: z.string(),
      overdue: z.number().int(),
      dueInWeek: z.number().int(),
      /** Whole days since the first of them was due; 0 when none is overdue. */
      longestDays: z.number().int(),
    }),
  ),
});
export type DueByTeam = z.infer<typeof dueByTeamSchema>;
