import { z } from "zod";

/** The sample organisation: whether it is there, how far its year has been replayed, and what it holds. */
export const sampleSchema = z.object({
  state: z.enum(["off", "replaying", "ready", "removing", "removed"]),
  week: z.number().int().min(0),
  weeks: z.number().int().min(0),
  isShown: z.boolean(),
  accounts: z.number().int(),
  findings: z.number().int(),
  openFindings: z.number().int(),
});
export type Sample = z.infer<typeof sampleSchema>;

export const sampleChangeSchema = z.strictObject({ isShown: z.boolean() });
