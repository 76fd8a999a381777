import { z } from "zod";
import type { FindingStatus } from "./finding.ts";
import { type Severity, severitySchema } from "./severity.ts";
import { GROUNDS, LEFT_OUTS, TRIAGE_ACT_KINDS } from "./triage-words.ts";

/** Suppressed for longer than this, nobody would look again. */
export const MOST_SUPPRESSED_DAYS = 366;

export const groundsSchema = z.enum(GROUNDS);
export type Grounds = z.infer<typeof groundsSchema>;

/** A calendar day means its last instant in UTC. */
export const endSchema = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .transform((text) => new Date(text.length === 10 ? `${text}T23:59:59.999Z` : text).toISOString());
export const reasonSchema = z.string().trim().min(1, "Say why: whoever reviews this next will read it").max(2000);

const ACTS = {
  /** A user name; null = nobody. */
  assign: z.strictObject({ kind: z.literal("assign"), assignee: z.string().min(1).max(64).nullable() }),
  due: z.strictObject({ kind: z.literal("due"), dueAt: endSchema.nullable() }),
  /** null = the source's own again. */
  severity: z.strictObject({
    kind: z.literal("severity"),
    severity: severitySchema.nullable(),
    reason: reasonSchema,
  }),
  suppress: z.strictObject({
    kind: z.literal("suppress"),
    grounds: groundsSchema,
    until: z.union([z.literal("fix"), endSchema]),
    reason: reasonSchema,
  }),
  unsuppress: z.strictObject({ kind: z.literal("unsuppress"), reason: reasonSchema.optional() }),
  comment: z.strictObject({ kind: z.literal("comment"), text: z.string().trim().min(1).max(4000) }),
};

/** What a person decides about findings. */
export const triageActSchema = z.discriminatedUnion("kind", [
  ACTS.assign,
  ACTS.due,
  ACTS.severity,
  ACTS.suppress,
  ACTS.unsuppress,
  ACTS.comment,
]);
export type TriageAct = z.infer<typeof triageActSchema>;
export type TriageActKind = TriageAct["kind"];
export const triageActKindSchema = z.enum(TRIAGE_ACT_KINDS);

/** The same before its words are written: they change nothing of what it would do. */
export const draftActSchema = z.discriminatedUnion("kind", [
  ACTS.assign,
  ACTS.due,
  ACTS.severity.partial({ reason: true }),
  ACTS.suppress.partial({ reason: true, grounds: true }),
  ACTS.unsuppress,
  ACTS.comment.partial({ text: true }),
]);
export type DraftAct = z.infer<typeof draftActSchema>;

export const leftOutSchema = z.enum(LEFT_OUTS);
export type LeftOut = z.infer<typeof leftOutSchema>;

/** How a finding stands, as far as it matters for a decision. */
export type Standing = {
  status: FindingStatus;
  severity: Severity;
  severityOverride: Severity | null;
  fixAvailable: string;
  isSuppressedByPerson: boolean;
  assignee: string | null;
  dueAt: Date | null;
};

/** Why the act would leave a finding as it is; null = it changes it. */
export function whyLeftOut(act: DraftAct, standing: Standing): LeftOut | null {
  switch (act.kind) {
    case "assign":
      return act.assignee === standing.assignee ? "already" : null;
    case "due":
      return act.dueAt === (standing.dueAt?.toISOString() ?? null) ? "already" : null;
    case "severity":
      return isSeverity(act.severity, standing) ? "already" : null;
    case "suppress":
      return whyNotSuppressed(act, standing);
    case "unsuppress":
      return whyNotLifted(standing);
    case "comment":
      return null;
  }
}

function whyNotSuppressed(
  { until }: Extract<DraftAct, { kind: "suppress" }>,
  { status, fixAvailable }: Standing,
): LeftOut | null {
  if (status === "closed") return "closed";
  return until === "fix" && fixAvailable === "yes" ? "has-fix" : null;
}

function whyNotLifted({ status, isSuppressedByPerson }: Standing): LeftOut | null {
  if (isSuppressedByPerson) return null;
  return status === "suppressed" ? "suppressed-by-source" : "already";
}

function isSeverity(wanted: Severity | null, { severity, severityOverride }: Standing): boolean {
  return wanted === null ? severityOverride === null : wanted === severity;
}
