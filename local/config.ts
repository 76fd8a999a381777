import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { StartError } from "./start-error.ts";

const port = z.coerce.number().int().min(1).max(65_535);
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/ });

const environmentSchema = z
  .object({
    HOST: z.string().default("127.0.0.1"),
    PORT: port.optional(),
    SCANNER_PORT: port.optional(),
    SAMPLE_PORT: port.optional(),
    DATA_DIR: z.string().default(".data"),
    DATABASE_URL: postgresUrl.optional(),
    SCANNER_DATABASE_URL: postgresUrl.optional(),
    APP_URL: z.url({ protocol: /^https?$/ }).optional(),
    AWS_ENDPOINT_URL_CODEGURU_SECURITY: z.url({ protocol: /^https?$/ }).optional(),
    SIGHTLINE_SAMPLE: z.enum(["auto", "on", "off"]).default("auto"),
    SIGHTLINE_BOOTSTRAP_TOKEN: z.string().min(32).optional(),
    SIGHTLINE_SCANNER_ACCESS_KEY_ID: z.string().optional(),
    SIGHTLINE_SCANNER_SECRET_ACCESS_KEY: z.string().optional(),
  })
  .refine((env) => !env.SIGHTLINE_SCANNER_ACCESS_KEY_ID === !env.SIGHTLINE_SCANNER_SECRET_ACCESS_KEY, {
    path: ["SIGHTLINE_SCANNER_SECRET_ACCESS_KEY"],
    message: "the scanner's access key id and secret access key go together: set both or none",
  })
  .refine((env) => env.DATABASE_URL || !env.SCANNER_DATABASE_URL, {
    path: ["SCANNER_DATABASE_URL"],
    message: "only together with DATABASE_URL: the embedded PostgreSQL has a scanner role of its own",
  });

export type Environment = Record<string, string | undefined>;
export type Config = z.infer<typeof environmentSchema>;

/** What `npm start` and the commands beside it are told. Throws StartError naming every fault at once. */
export function parseConfig(env: Environment): Config {
  // An empty value, as compose files produce, counts as not set.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (parsed.success) return { ...parsed.data, DATA_DIR: resolve(parsed.data.DATA_DIR) };
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new StartError(`These environment variables are wrong (.env.example explains each):\n${faults.join("\n")}`);
}

/** The same from this process's environment and, for what is not set there, the file `.env`. */
export function loadConfig(): Config {
  if (existsSync(".env")) process.loadEnvFile(".env");
  return parseConfig(process.env);
}
