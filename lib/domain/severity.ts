import { z } from "zod";

/** Worst first: the order of every list, facet, stack and legend. */
export const severitySchema = z.enum(["critical", "high", "medium", "low", "untriaged", "info"]);
export type Severity = z.infer<typeof severitySchema>;

/** Worst first. */
export const SEVERITIES = severitySchema.options;
