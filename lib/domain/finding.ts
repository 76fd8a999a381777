import { z } from "zod";
import { HOLD_KINDS } from "./filter-words.ts";
import { FINDING_STATUSES, FIX_STATES, SOURCE_NAMES } from "./finding-words.ts";
import { severitySchema } from "./severity.ts";

/** Where findings come from. */
export const sourceNameSchema = z.enum(SOURCE_NAMES);
export type SourceName = z.infer<typeof sourceNameSchema>;

/**
 * Whether a source tells when each finding was first seen and when it last changed. What it does not tell is ours: first
 * seen when it first came, changed when it came otherwise than before.
 */
export const TELLS_TIMES: Record<SourceName, boolean> = { inspector: true, codeguru: true, sarif: false };

export const findingStatusSchema = z.enum(FINDING_STATUSES);
export type FindingStatus = z.infer<typeof findingStatusSchema>;

export const findingTypeSchema = z.enum(["package", "network", "code"]);
export type FindingType = z.infer<typeof findingTypeSchema>;

/**
 * Why a finding is closed. `fixed`: its resource is still scanned and no longer shows it. `resource-gone`: the resource
 * is no longer there. `not-reported`: the source stopped reporting it, and nobody knows why. `scope-lost`: we no longer
 * read that account or region.
 */
export const closedReasonSchema = z.enum(["fixed", "resource-gone", "not-reported", "scope-lost"]);
export type ClosedReason = z.infer<typeof closedReasonSchema>;

export const fixAvailableSchema = z.enum(FIX_STATES);
export type FixAvailable = z.infer<typeof fixAvailableSchema>;

export const exploitAvailableSchema = z.enum(["yes", "no"]);
export type ExploitAvailable = z.infer<typeof exploitAvailableSchema>;

const instantSchema = z.iso.datetime();

const SUMMARY_LENGTH = 160;

/** The first sentence of a text, without its full stop; null where there is none, or it is too long for a line. */
export function firstSentence(text: string): string | null {
  const [sentence = ""] = text.trim().split(/(?<=[.!?])\s|\n/, 1);
  if (sentence === "" || sentence.length > SUMMARY_LENGTH) return null;
  return sentence.replace(/\.$/, "");
}

/** A finding as a list shows it. Times are ISO 8601 in UTC; what is unknown is null. */
export const findingSchema = z.object({
  id: z.uuid(),
  source: sourceNameSchema,
  type: z.string(), // one of FindingType, or a word that the source added after us
  severity: severitySchema,
  score: z.number().min(0).max(10).nullable(),
  title: z.string(),
  summary: z.string().nullable(), // what is wrong, in one sentence; null where the source says only names
  status: findingStatusSchema,
  accountId: z.string(),
  accountName: z.string().nullable(),
  region: z.string(),
  resource: z.object({ type: z.string(), id: z.string(), name: z.string() }),
  cve: z.string().nullable(),
  detectorId: z.string().nullable(),
  scanName: z.string().nullable(),
  location: z.object({ path: z.string(), startLine: z.number().int(), endLine: z.number().int() }).nullable(),
  package: z.object({ name: z.string(), version: z.string(), fixedIn: z.string().nullable() }).nullable(),
  packageCount: z.number().int(),
  rank: z.number().int(),
  fixAvailable: fixAvailableSchema.nullable(),
  exploitAvailable: exploitAvailableSchema.nullable(),
  knownExploited: z.boolean(),
  epss: z.number().min(0).max(1).nullable(),
  firstObservedAt: instantSchema,
  lastObservedAt: instantSchema.nullable(),
  updatedAt: instantSchema,
  closedAt: instantSchema.nullable(),
  closedReason: closedReasonSchema.nullable(),
  /** What has held it longest of what suppresses it; null where nothing does, or the list looks back. */
  suppression: z
    .object({
      by: z.enum(HOLD_KINDS),
      until: z.union([z.literal("fix"), instantSchema]).nullable(),
      userName: z.string().nullable(), // of a rule, who looks after it
    })
    .nullable(),
  assignee: z.string().nullable(),
  dueAt: instantSchema.nullable(),
  issueId: z.uuid(),
  isSample: z.boolean(),
});
export type Finding = z.infer<typeof findingSchema>;
