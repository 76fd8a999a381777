import { z } from "zod";
import { syncFailureSchema } from "./sync-run.ts";

/** A suppression rule of a source's own, as a pass observes it. */
export const observedRuleSchema = z.object({
  arn: z.string().min(1).max(2048),
  accountId: z.string().min(1).max(64), // whose rule it is
  name: z.string(),
  criteria: z.string(), // in words
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
