import { z } from "zod";
import { syncFailureSchema } from "./sync-run.ts";

/**
 * A source's own rule as a rule of ours would say it: `query` as the list's address has it, and in the source's words what
 * is not in it. `wider`: so more findings match than the source's rule does; `narrower`: fewer.
 */
const ruleAsOursSchema = z.object({
  query: z.string(),
  notCarried: z.array(z.object({ criterion: z.string().max(4_000), effect: z.enum(["wider", "narrower"]) })),
});
export type RuleAsOurs = z.infer<typeof ruleAsOursSchema>;

/** A suppression rule of a source's own, as a pass observes it. */
export const observedRuleSchema = z.object({
  arn: z.string().min(1).max(2048),
  accountId: z.string().min(1).max(64), // whose rule it is
  name: z.string(),
  criteria: z.string(), // in words
  asOurs: ruleAsOursSchema.nullable(), // null: nothing of it can be said as ours
  reason: z.string().nullable(),
  description: z.string().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type ObservedRule = z.infer<typeof observedRuleSchema>;

const sourceRuleSchema = z.object({
  connectionName: z.string(),
  region: z.string(),
  arn: z.string(),
  accountId: z.string(),
  accountName: z.string().nullable(),
  name: z.string(),
  criteria: z.string(),
  asOurs: ruleAsOursSchema.nullable(), // null: nothing of it can be said as ours, or no whole pass has looked yet
  reason: z.string().nullable(),
  description: z.string().nullable(),
  updatedAt: z.iso.datetime(),
});
export type SourceRule = z.infer<typeof sourceRuleSchema>;

/**
 * The rules by which sources suppress for themselves, by account and name, and the connections whose rules could not be
 * read. A source does not tell which of its rules suppressed a finding: `suppressed` counts what all of them did.
 */
export const sourceRulesSchema = z.object({
  items: z.array(sourceRuleSchema),
  unread: z.array(z.object({ connectionName: z.string(), region: z.string(), failure: syncFailureSchema })),
  suppressed: z.number().int(),
});
export type SourceRules = z.infer<typeof sourceRulesSchema>;
