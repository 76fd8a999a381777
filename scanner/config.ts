import { join } from "node:path";
import { z } from "zod";

const port = z
  .string()
  .regex(/^\d{1,5}$/, "must be a port number")
  .transform(Number)
  .pipe(z.number().max(65_535));
const whole = z
  .string()
  .regex(/^\d{1,4}$/, "must be a whole number")
  .transform(Number);
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, "must begin with postgresql://");

const environmentSchema = z
  .object({
    SCANNER_HOST: z.string().default("127.0.0.1"),
    SCANNER_PORT: port.default(3001),
    SCANNER_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    SCANNER_DATABASE_URL: postgresUrl.optional(),
    DATABASE_URL: postgresUrl.optional(),
    DATA_DIR: z.string().default(".data"),
    SIGHTLINE_SCANNER_ACCESS_KEY_ID: z.string().regex(/^[\w-]{3,128}$/, "must be 3 to 128 letters, digits, - or _"),
    SIGHTLINE_SCANNER_SECRET_ACCESS_KEY: z.string().min(16, "must be at least 16 characters"),
    AWS_REGION: z
      .string()
      .regex(/^[a-z0-9-]+$/, "must be a region's name")
      .default("us-east-1"),
    SCANNER_RUNS_AT_ONCE: whole.pipe(z.number().min(1).max(16)).default(1),
    SCANNER_CREATE_PER_SECOND: whole.default(2),
    SCANNER_OTHER_PER_SECOND: whole.default(10),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  })
  .transform((environment, context) => {
    const { SCANNER_HOST, SCANNER_PUBLIC_URL, SCANNER_DATABASE_URL, DATABASE_URL } = environment;
    const databaseUrl = SCANNER_DATABASE_URL ?? DATABASE_URL;
    const isEveryAddress = SCANNER_HOST === "0.0.0.0" || SCANNER_HOST === "::";
    if (isEveryAddress && !SCANNER_PUBLIC_URL) {
      const message = "is needed where SCANNER_HOST is every address: upload links must name one";
      context.addIssue({ code: "custom", path: ["SCANNER_PUBLIC_URL"], message });
    }
    if (databaseUrl) return { ...environment, databaseUrl };
    context.addIssue({ code: "custom", path: ["SCANNER_DATABASE_URL"], message: "is needed (or DATABASE_URL)" });
    return z.NEVER;
  });

export type ScannerConfig = ReturnType<typeof readConfig>;

/** The scanner's settings from the environment. Throws one error that names every fault. */
export function readConfig(environment: Record<string, string | undefined> = process.env) {
  const set = Object.entries(environment).filter(([, value]) => value !== "");
  const parsed = environmentSchema.safeParse(Object.fromEntries(set));
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `  ${path.join(".")}: ${message}`);
    throw new Error(`The scanner's environment has faults:\n${faults.join("\n")}`);
  }
  const values = parsed.data;
  return {
    host: values.SCANNER_HOST,
    port: values.SCANNER_PORT,
    publicUrl: values.SCANNER_PUBLIC_URL ?? null,
    databaseUrl: values.databaseUrl,
    dataFolder: join(values.DATA_DIR, "scanner"),
    credentials: {
      accessKeyId: values.SIGHTLINE_SCANNER_ACCESS_KEY_ID,
      secretAccessKey: values.SIGHTLINE_SCANNER_SECRET_ACCESS_KEY,
    },
    region: values.AWS_REGION,
    runsAtOnce: values.SCANNER_RUNS_AT_ONCE,
    limits: { createPerSecond: values.SCANNER_CREATE_PER_SECOND, otherPerSecond: values.SCANNER_OTHER_PER_SECOND },
    logLevel: values.LOG_LEVEL,
  };
}
