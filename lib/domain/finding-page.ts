import { z } from "zod";
import { closedReasonSchema, findingSchema } from "./finding.ts";
import { findingConditionsSchema } from "./finding-filter.ts";
import { lifecycleEventCauseSchema, lifecycleEventKindSchema } from "./lifecycle-event.ts";
import { findingDetailSchema } from "./observed-finding.ts";
import { sameProblemSchema } from "./same-problem.ts";
import { severitySchema } from "./severity.ts";
import { SLA_FIELDS } from "./sla-words.ts";
import { groundsSchema, triageActSchema } from "./triage-act.ts";

/** How many match. `exact: false`: counting stopped at `count`, there are more. */
export const totalSchema = z.object({ count: z.number().int(), exact: z.boolean() });

/** The moment that an answer is told of, when one was asked for; null = now. */
export const toldAsOfSchema = z.iso.datetime().nullable();

/** One page of findings, worst first unless another sort was asked; the pages before and after it by their cursors. */
export const findingPageSchema = z.object({
  asOf: toldAsOfSchema,
  items: z.array(findingSchema),
  nextCursor: z.string().nullable(),
  prevCursor: z.string().nullable(),
  total: totalSchema,
});
export type FindingPage = z.infer<typeof findingPageSchema>;

/** The fields that have a facet: the values, worst or most frequent first, with how many match all *other* filters. */
export const facetNameSchema = findingConditionsSchema
  .pick({
    severity: true,
    status: true,
    source: true,
    type: true,
    accountId: true,
    region: true,
    resourceType: true,
    team: true,
    fixAvailable: true,
    exploitAvailable: true,
    knownExploited: true,
  })
  .keyof();
export type FacetName = z.infer<typeof facetNameSchema>;
/** `exact: false`: counting stopped before all had been seen. There are at least so many, and there may be more values. */
export const facetValueSchema = totalSchema.extend({ value: z.string(), label: z.string() });
const facetSchema = z.array(facetValueSchema);
export const findingFacetsSchema = z.object({
  asOf: toldAsOfSchema,
  severity: facetSchema,
  status: facetSchema,
  source: facetSchema,
  type: facetSchema,
  accountId: facetSchema,
  region: facetSchema,
  resourceType: facetSchema,
  team: facetSchema,
  fixAvailable: facetSchema,
  exploitAvailable: facetSchema,
  knownExploited: facetSchema,
} satisfies Record<FacetName | "asOf", z.ZodType>);
export type FindingFacets = z.infer<typeof findingFacetsSchema>;

/** One entry of a finding's timeline, newest first in lists. */
export const lifecycleEventSchema = z.object({
  id: z.uuid(),
  kind: lifecycleEventKindSchema,
  cause: lifecycleEventCauseSchema,
  occurredAt: z.iso.datetime(),
  recordedAt: z.iso.datetime(),
  severityBefore: severitySchema.nullable(),
  severityAfter: severitySchema,
  actor: z.string().nullable(), // a person's user name; null = the source
  syncRunId: z.uuid().nullable(),
  scanRun: z.object({ name: z.string(), revision: z.number().int() }).nullable(),
  /** The decision that it came of, with its reason or comment. */
  decision: z.object({ id: z.uuid(), act: triageActSchema, isUndone: z.boolean() }).nullable(),
  /** The rule that it came of. */
  ruleId: z.uuid().nullable(),
});
export type LifecycleEvent = z.infer<typeof lifecycleEventSchema>;

/** What sets a finding aside: its source, a person's decision, or a rule. It is active when none is left. */
const suppressionSchema = z.object({
  by: z.enum(["source", "person", "rule"]),
  grounds: groundsSchema.nullable(),
  reason: z.string().nullable(),
  until: z.union([z.literal("fix"), z.iso.datetime()]).nullable(),
  userName: z.string().nullable(), // of a rule, who looks after it
  at: z.iso.datetime(),
  ruleId: z.uuid().nullable(),
});
export type Suppression = z.infer<typeof suppressionSchema>;

/** A finding with everything its source said. */
export const findingWithDetailSchema = findingSchema.extend({
  sourceId: z.string(),
  description: z.string(),
  vulnerability: z.object({
    name: z.string(),
    kind: z.string(),
    title: z.string(),
    cwes: z.array(z.string()),
    cvss: z.array(z.object({ source: z.string(), version: z.string(), vector: z.string(), score: z.number() })),
    sourceUrl: z.string().nullable(),
    referenceUrls: z.array(z.string()),
    publishedAt: z.iso.datetime().nullable(),
    knownExploitedAt: z.iso.datetime().nullable(), // by the imported catalogue, else by a source
    /** What the imported catalogue adds; null where it is not imported, or does not list it. */
    knownExploit: z
      .object({ dueAt: z.iso.datetime().nullable(), isRansomware: z.boolean(), action: z.string() })
      .nullable(),
    epssAt: z.iso.datetime().nullable(), // the day of the imported list; null where EPSS is a source's
    epssPercentile: z.number().nullable(), // the share of all CVEs with a lower one
  }),
  resourceDetails: z.object({
    provider: z.string(),
    tags: z.record(z.string(), z.string()),
    details: z.record(z.string(), z.unknown()),
    lineage: z.string(),
  }),
  detail: findingDetailSchema,
  /** The code is fetched from the source when a person first opens the finding: `loading` until it is there. */
  codeState: z.enum(["none", "loading", "ready", "unavailable"]),
  issue: z.object({
    id: z.uuid(),
    openedAt: z.iso.datetime(),
    openFindings: z.number().int(),
    resources: z.number().int(),
  }),
  /** How many active findings the same change would close: same package and fixed version, same lineage. */
  sameFix: z.object({ findings: z.number().int(), resources: z.number().int(), lineageId: z.uuid() }).nullable(),
  /** Active findings of the same CVE or detector in other places, by account, most first. */
  elsewhere: z
    .object({
      findings: z.number().int(),
      places: z.number().int(),
      accounts: z.array(
        z.object({
          id: z.string(),
          name: z.string().nullable(),
          findings: z.number().int(),
          places: z.number().int(),
        }),
      ),
      moreAccounts: z.number().int(),
    })
    .nullable(),
  /** Of code: what other sources say of the same problem, and what a person keeps apart from it. */
  sameProblems: z.array(sameProblemSchema),
  /** Ports of the same resource that can be reached from outside, as in tcp/22. */
  exposures: z.array(z.object({ findingId: z.uuid(), port: z.string() })),
  closedByScanRun: z.object({ name: z.string(), revision: z.number().int() }).nullable(),
  closedReason: closedReasonSchema.nullable(),
  suppressions: z.array(suppressionSchema),
  /** What the due date of an open finding came of: a person, or the days that the SLA policy sets for something. */
  dueBy: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("person"), userName: z.string().nullable() }),
      z.object({ kind: z.literal("policy"), field: z.enum(SLA_FIELDS), days: z.number().int() }),
    ])
    .nullable(),
  /** What the source says; `severity` is a person's where there is an override. */
  sourceSeverity: severitySchema,
  severityOverride: z.object({ reason: z.string(), userName: z.string(), at: z.iso.datetime() }).nullable(),
  timeline: z.array(lifecycleEventSchema),
  raw: z.unknown(),
});
export type FindingWithDetail = z.infer<typeof findingWithDetailSchema>;
