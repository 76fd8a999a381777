import { z } from "zod";
import { findingConditionsSchema } from "./finding-filter.ts";
import { severitySchema } from "./severity.ts";

/** What is done: a package is updated, an image rebuilt on a patched base, a runtime upgraded, a place in code changed. */
export const fixKindSchema = z.enum(["base-image", "package", "runtime", "code"]);
export type FixKind = z.infer<typeof fixKindSchema>;

/** One change, and the active findings that it closes. */
export const fixSchema = z.object({
  kind: fixKindSchema,
  /** The image repository, function, fleet, instance, code repository or scan that it is done in, as a person knows it. */
  place: z.string(),
  lineageId: z.uuid(),
  accountId: z.string(),
  accountName: z.string().nullable(),
  resourceType: z.string(),
  packageName: z.string().nullable(),
  packageVersion: z.string().nullable(), // null where several are installed
  fixedIn: z.string().nullable(),
  /** What to change in code. */
  code: z.object({ title: z.string(), path: z.string(), startLine: z.number().int() }).nullable(),
  /** A command that makes the change, where there is one. */
  command: z.string().nullable(),
  findings: z.number().int(),
  resources: z.number().int(),
  knownExploited: z.number().int(),
  overdue: z.number().int(),
  /** Due within the seven days to come. */
  dueThisWeek: z.number().int(),
  bySeverity: z.partialRecord(severitySchema, z.number().int()),
  /** The list of exactly these findings, as query text of the list. */
  filter: z.string(),
});
export type Fix = z.infer<typeof fixSchema>;

/** A page of fixes: what narrows the findings that they close, always active ones as they are now, and where it starts. */
export const fixesQuerySchema = findingConditionsSchema.omit({ status: true, "-status": true, asOf: true }).extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(4096).optional(),
});
export type FixesQuery = z.infer<typeof fixesQuerySchema>;

/** One page of fixes, the one that closes the most first. */
export const fixPageSchema = z.object({ items: z.array(fixSchema), nextCursor: z.string().nullable() });
export type FixPage = z.infer<typeof fixPageSchema>;
