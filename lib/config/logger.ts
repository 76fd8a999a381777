import pino from "pino";
import { z } from "zod";
import { env } from "./env.ts";

const SECRET = [
  "authorization",
  "cookie",
  "password",
  "secret",
  "token",
  "externalId",
  "secretAccessKey",
  "sessionToken",
  "connectionString",
];

/**
 * A JSON logger on standard output, for one part of the product. What looks like a secret is left out at any depth of
 * two, and of an error everything but what it says, where it came from and its code.
 */
export function createLogger(part: string, destination?: pino.DestinationStream): pino.Logger {
  const options: pino.LoggerOptions = {
    name: part,
    level: env().LOG_LEVEL,
    serializers: { err: toLoggedError },
    redact: { paths: SECRET.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: "[secret]" },
  };
  return destination ? pino(options, destination) : pino(options);
}

const failureSchema = z.object({ message: z.string(), stack: z.string().optional(), code: z.unknown() });

// Libraries hang whole clients, requests and answers on their errors, with keys and headers in them.
function toLoggedError(error: unknown): object {
  // An error first becomes what pino makes of it: its causes' words are in it then.
  const failure = failureSchema.safeParse(error instanceof Error ? pino.stdSerializers.err(error) : error);
  if (!failure.success) return { message: String(error) };
  return failure.data;
}
