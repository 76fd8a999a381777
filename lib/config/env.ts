import { z } from "zod";

const portSchema = z.coerce.number().int().min(1).max(65_535);

/** Where a public list is: what is asked there, and how, is checked when it is read. */
const listSchema = z.union(
  [z.url({ protocol: /^(https?|file)$/ }), z.string().startsWith("/")],
  "An https address, or the absolute path of a file",
);

const envSchema = z.object({
  NODE_ENV: z.string().default("production"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  SIGHTLINE_STATEMENT_SECONDS: z.coerce.number().int().min(1).max(3_600).default(30),
  DATA_DIR: z.string().min(1).default(".data"),
  PORT: portSchema.default(3000),
  APP_URL: z.url({ protocol: /^https?$/ }).default("http://127.0.0.1:3000"),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
  AWS_REGION: z.string().optional(),
  AWS_ENDPOINT_URL_INSPECTOR2: z.url().optional(),
  AWS_ENDPOINT_URL_CODEGURU_SECURITY: z.url().default("http://127.0.0.1:3001"),
  SIGHTLINE_SCANNER_ACCESS_KEY_ID: z.string().min(1).optional(),
  SIGHTLINE_SCANNER_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  SIGHTLINE_SAMPLE: z.enum(["auto", "on", "off"]).default("auto"),
  SIGHTLINE_SAMPLE_URL: z.url().default("http://127.0.0.1:3002"),
  SIGHTLINE_BOOTSTRAP_TOKEN: z.string().min(32, "At least 32 characters").optional(),
  SIGHTLINE_HAND_OVER_PRIVATE: z.enum(["yes", "no"]).default("no"),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  SMTP_FROM: z.string().min(3).max(320).optional(),
  SIGHTLINE_KEV_URL: listSchema.optional(),
  SIGHTLINE_EPSS_URL: listSchema.optional(),
});
export type Env = z.infer<typeof envSchema>;

let parsed: Env | undefined;

/** The process's settings, read once. Throws one error that names every variable that is wrong, and no value. */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** Throws one Error that names every variable that is wrong; an empty variable counts as unset. */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const result = envSchema.safeParse(given);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The environment cannot be used:\n${faults.join("\n")}`);
}
