import { z } from "zod";

const MOST_MONTHS = 240;
export const DEFAULT_KEEP_MONTHS = 60;

/** For how long reports are kept after they were made. One that a link still opens outlives it. */
export const reportRetentionSchema = z.strictObject({ keepMonths: z.number().int().min(1).max(MOST_MONTHS) });
export type ReportRetention = z.infer<typeof reportRetentionSchema>;

/** `keepMonths`: what would go if they were kept for so long. */
export const reportRetentionQuerySchema = z.strictObject({
  keepMonths: z.coerce.number().int().min(1).max(MOST_MONTHS).optional(),
});

/** `outlived`: how many go by themselves within the hour, by what is asked about, else by what holds. */
export const reportRetentionAnswerSchema = reportRetentionSchema.extend({ outlived: z.number().int() });
export type ReportRetentionAnswer = z.infer<typeof reportRetentionAnswerSchema>;
