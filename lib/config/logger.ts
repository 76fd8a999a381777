import pino from "pino";
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

/** A JSON logger on standard output, for one part of the product. What looks like a secret is left out at any depth of two. */
export function createLogger(part: string): pino.Logger {
  return pino({
    name: part,
    level: env().LOG_LEVEL,
    redact: { paths: SECRET.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: "[secret]" },
  });
}
