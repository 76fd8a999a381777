import { join } from "node:path";
import type { Config, Environment } from "../config.ts";
import type { DatabaseUrls } from "../postgres/roles.ts";
import { secretIn } from "../secrets.ts";
import type { Ports } from "./instance-lock.ts";
import type { ProcessSpec } from "./supervise-process.ts";

export type ProcessTable = { web: ProcessSpec; beside: ProcessSpec[] };

// What only the application may know: neither the scanner nor the sample needs any of it.
const APPLICATION_ONLY = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_PROFILE",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_ROLE_ARN",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "DATABASE_URL",
  "SCANNER_DATABASE_URL",
  "SIGHTLINE_BOOTSTRAP_TOKEN",
  "SIGHTLINE_SCANNER_ACCESS_KEY_ID",
  "SIGHTLINE_SCANNER_SECRET_ACCESS_KEY",
];

/** The processes that make up Sightline, each with exactly the environment that it needs. */
export function processTable(config: Config, ports: Ports, urls: DatabaseUrls, inherited: Environment): ProcessTable {
  const application = applicationEnv(config, ports, urls, inherited);
  const outside = {
    ...without(inherited, APPLICATION_ONLY),
    NODE_ENV: "production" as const,
    DATA_DIR: config.DATA_DIR,
  };
  const worker = { name: "worker", args: ["worker/main.ts"], env: application };
  const scanner = {
    name: "scanner",
    args: ["scanner/main.ts"],
    env: {
      ...outside,
      ...scannerKey(config),
      SCANNER_PORT: String(ports.scanner),
      SCANNER_DATABASE_URL: urls.scannerUrl,
    },
  };
  const sample = { name: "sample", args: ["sample/main.ts"], env: { ...outside, SAMPLE_PORT: String(ports.sample) } };
  const web = {
    name: "web",
    args: [
      "--import",
      "./local/http-timeouts.ts",
      "node_modules/next/dist/bin/next",
      "start",
      ...["-H", config.HOST, "-p", String(ports.web)],
    ],
    env: application,
  };
  return {
    web,
    beside: [
      worker,
      ...(config.AWS_ENDPOINT_URL_CODEGURU_SECURITY ? [] : [scanner]),
      ...(config.SIGHTLINE_SAMPLE === "off" ? [] : [sample]),
    ],
  };
}

/** The environment of web, worker and the commands that act as they do. */
export function applicationEnv(config: Config, ports: Ports, urls: DatabaseUrls, inherited: Environment) {
  return {
    ...without(inherited, ["SCANNER_DATABASE_URL"]),
    ...scannerKey(config),
    NODE_ENV: "production" as const,
    PORT: String(ports.web),
    DATA_DIR: config.DATA_DIR,
    DATABASE_URL: urls.appUrl,
    APP_URL: config.APP_URL ?? `http://127.0.0.1:${ports.web}`,
    AWS_ENDPOINT_URL_CODEGURU_SECURITY:
      config.AWS_ENDPOINT_URL_CODEGURU_SECURITY ?? `http://127.0.0.1:${ports.scanner}`,
    SIGHTLINE_SAMPLE: config.SIGHTLINE_SAMPLE,
    SIGHTLINE_SAMPLE_URL: `http://127.0.0.1:${ports.sample}`,
  };
}

function scannerKey(config: Config) {
  const secret = (name: string) => secretIn(join(config.DATA_DIR, "secrets", name));
  return {
    SIGHTLINE_SCANNER_ACCESS_KEY_ID: config.SIGHTLINE_SCANNER_ACCESS_KEY_ID ?? secret("scanner-access-key-id"),
    SIGHTLINE_SCANNER_SECRET_ACCESS_KEY:
      config.SIGHTLINE_SCANNER_SECRET_ACCESS_KEY ?? secret("scanner-secret-access-key"),
  };
}

function without(env: Environment, names: string[]): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));
}
