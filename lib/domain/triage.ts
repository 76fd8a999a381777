import { z } from "zod";
import { findingConditionsSchema } from "./finding-filter.ts";
import { severitySchema } from "./severity.ts";
import { draftActSchema, leftOutSchema, triageActKindSchema, triageActSchema } from "./triage-act.ts";

/** The most findings that one decision is about. */
export const MOST_TARGETS = 250_000;
export const UNDO_MINUTES = 10;

/** What a decision is about: findings by id, or all that match a filter of the list. */
export const newDraftSchema = z
  .strictObject({
    act: draftActSchema,
    findingIds: z.array(z.uuid()).min(1).max(10_000).optional(),
    filter: findingConditionsSchema.omit({ asOf: true }).optional(),
  })
  .refine(
    ({ findingIds, filter }) => (findingIds === undefined) !== (filter === undefined),
    "Give either findingIds or filter",
  );
export type NewDraft = z.infer<typeof newDraftSchema>;

/** Carries out a draft, with the act as it is meant by now. */
export const newDecisionSchema = z.strictObject({ draftId: z.uuid(), act: triageActSchema });
export type NewDecision = z.infer<typeof newDecisionSchema>;

const leftOutCountsSchema = z.partialRecord(leftOutSchema, z.number().int());

/** What a decision would do, of the moment of the preview. */
export const triageDraftSchema = z.object({
  id: z.uuid(),
  total: z.number().int(),
  /** How many of them the act would change; what follows is of these. */
  changes: z.number().int(),
  bySeverity: z.partialRecord(severitySchema, z.number().int()),
  knownExploited: z.number().int(),
  /** Most first, the first ten. */
  accounts: z.array(z.object({ accountId: z.string(), accountName: z.string().nullable(), count: z.number().int() })),
  accountCount: z.number().int(),
  /** Assignee and due date are an issue's: so many issues, with so many open findings in all. */
  issues: z.number().int(),
  issueFindings: z.number().int(),
  leftOut: leftOutCountsSchema,
});
export type TriageDraft = z.infer<typeof triageDraftSchema>;

const outcomeSchema = z.object({
  changed: z.number().int(),
  leftOut: leftOutCountsSchema,
  /** Who decided otherwise meanwhile, newest first, the first three. */
  overtakenBy: z.array(z.object({ userName: z.string(), decidedAt: z.iso.datetime(), kind: triageActKindSchema })),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** `awaiting`: a second person has to agree first; `declined`: they did not. */
const decisionStateSchema = z.enum(["awaiting", "declined", "running", "done", "undoing", "undone"]);

/** One decision, from its start on. `done` of `total` tells how far it, or its undo, has come. */
export const triageDecisionSchema = z.object({
  id: z.uuid(),
  act: triageActSchema,
  /** "All that match": the list's query; null = chosen one by one. */
  filter: z.record(z.string(), z.unknown()).nullable(),
  state: decisionStateSchema,
  madeBy: z.string(),
  decidedAt: z.iso.datetime(),
  total: z.number().int(),
  done: z.number().int(),
  outcome: outcomeSchema,
  /** Until when it can be undone; null = no longer. */
  undoUntil: z.iso.datetime().nullable(),
  undo: z.object({ by: z.string(), at: z.iso.datetime(), outcome: outcomeSchema }).nullable(),
  /** A second person's word, where one was asked for. */
  review: z.object({ by: z.string(), at: z.iso.datetime(), reason: z.string() }).nullable(),
});
export type TriageDecision = z.infer<typeof triageDecisionSchema>;

export const decisionFilterSchema = z.strictObject({
  state: decisionStateSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(256).optional(),
});
export type DecisionFilter = z.infer<typeof decisionFilterSchema>;

export const triageDecisionsSchema = z.object({
  items: z.array(triageDecisionSchema),
  nextCursor: z.string().nullable(),
});
export type TriageDecisions = z.infer<typeof triageDecisionsSchema>;
