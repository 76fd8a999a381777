import { z } from "zod";

const environmentSchema = z.object({
  SAMPLE_PORT: z
    .string()
    .regex(/^\d{1,5}$/, "must be a port number")
    .transform(Number)
    .pipe(z.number().max(65_535))
    .default(3002),
  SIGHTLINE_SAMPLE_FINDINGS: z
    .string()
    .regex(/^\d{1,7}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(1_000).max(1_000_000))
    .default(20_000),
  DATA_DIR: z.string().default(".data"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
});

export type SampleConfig = { port: number; findings: number; dataFolder: string; logLevel: string };

/** The sample's settings from the environment; an empty value counts as unset. Throws one error naming every fault. */
export function readConfig(environment: Record<string, string | undefined> = process.env): SampleConfig {
  const set = Object.entries(environment).filter(([, value]) => value !== "");
  const parsed = environmentSchema.safeParse(Object.fromEntries(set));
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join(".")}: ${message}`);
    throw new Error(`The sample's environment has faults:\n${faults.join("\n")}`);
  }
  return {
    port: parsed.data.SAMPLE_PORT,
    findings: parsed.data.SIGHTLINE_SAMPLE_FINDINGS,
    dataFolder: parsed.data.DATA_DIR,
    logLevel: parsed.data.LOG_LEVEL,
  };
}
