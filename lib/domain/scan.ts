import { z } from "zod";
import { IMPORT_NAME_LENGTH, isDots, SCAN_NAME, SCAN_NAME_LENGTH } from "./scan-name.ts";

export const scanNameSchema = z
  .string()
  .min(1)
  .max(SCAN_NAME_LENGTH)
  .regex(SCAN_NAME, "Letters, digits and - _ $ : . only")
  .refine((name) => !isDots(name), "A name must be more than dots");

export const importNameSchema = scanNameSchema.max(IMPORT_NAME_LENGTH);

/** What the revisions of a scan are: archives that the scanner examines, or reports of other tools. */
export const scanSourceSchema = z.enum(["codeguru", "sarif"]);
export type ScanSource = z.infer<typeof scanSourceSchema>;

export const scanRunStateSchema = z.enum([
  "queued",
  "uploading",
  "scanning",
  "importing",
  "succeeded",
  "failed",
  "cancelled",
]);
export type ScanRunState = z.infer<typeof scanRunStateSchema>;

export const skippedFileSchema = z.object({ path: z.string(), reason: z.string(), detail: z.string().nullable() });
export type SkippedFile = z.infer<typeof skippedFileSchema>;

/** Why a scan run ended without a result, and whether trying again can help. */
export const scanFailureSchema = z.object({ code: z.string(), message: z.string(), isRetryable: z.boolean() });
export type ScanFailure = z.infer<typeof scanFailureSchema>;

/** One examination of one revision of a scan. */
export const scanRunSchema = z.object({
  name: z.string(),
  source: scanSourceSchema,
  runId: z.uuid(),
  revision: z.number().int().min(1),
  state: scanRunStateSchema,
  stage: z.string().nullable(),
  progress: z.object({ done: z.number(), total: z.number().nullable() }),
  error: scanFailureSchema.nullable(),
  counts: z.object({ new: z.number().int(), closed: z.number().int(), unchanged: z.number().int() }).nullable(),
  skippedFiles: z.array(skippedFileSchema),
  sizeBytes: z.number().nullable(),
  sha256: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
});
export type ScanRun = z.infer<typeof scanRunSchema>;

/** Names a run in a path. */
export const scanRunParamsSchema = z.object({ name: scanNameSchema, runId: z.uuid() });

/** A code resource under one name, across its revisions, with its latest run. */
export const scanSchema = z.object({
  name: z.string(),
  source: scanSourceSchema,
  owner: z.string().nullable(), // the user name of whoever made it
  createdAt: z.iso.datetime(),
  revisions: z.number().int(),
  open: z.record(z.string(), z.number().int()), // active findings by severity
  latestRun: scanRunSchema.nullable(),
  history: z.array(z.object({ revision: z.number().int(), open: z.number().int() })), // oldest first, of the last revisions with a result
});
export type Scan = z.infer<typeof scanSchema>;

/** Which scans a list shows: those with this in their name. */
export const scanFilterSchema = z.strictObject({
  q: z.string().max(140).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: scanNameSchema.optional(),
});
export type ScanFilter = z.infer<typeof scanFilterSchema>;

export const scanPageSchema = z.object({ items: z.array(scanSchema), nextCursor: z.string().nullable() });
export type ScanPage = z.infer<typeof scanPageSchema>;

/** The same as a scan, with its runs, the newest first. */
export const scanWithRunsSchema = scanSchema.extend({ runs: z.array(scanRunSchema) });
export type ScanWithRuns = z.infer<typeof scanWithRunsSchema>;
