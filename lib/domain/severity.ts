import { z } from "zod";
import { SEVERITIES } from "./severities.ts";

export const severitySchema = z.enum(SEVERITIES);
export type Severity = z.infer<typeof severitySchema>;
