import { randomBytes } from "node:crypto";
import { PgBoss } from "pg-boss";
import type { TestProject } from "vitest/node";
import { deployMigrations } from "#local/migrations/deploy-migrations.ts";
import {
  createDatabase,
  databaseUrls,
  grantSchemas,
  type RolePasswords,
  saveRoles,
  withClient,
  withDatabase,
} from "#local/postgres/roles.ts";
import { startScratchServer } from "#local/postgres/scratch-server.ts";

/** What a test file needs to make its own database: a superuser's connection string, a template, three roles. */
export type TestServer = { serverUrl: string; template: string; passwords: RolePasswords };

declare module "vitest" {
  export interface ProvidedContext {
    testServer: TestServer;
  }
}

type StartedServer = { server: TestServer; stop: () => Promise<void> };

// The projects `database` and `contract` each call this set-up, in one process: they share one server.
let started: Promise<StartedServer> | undefined;
let users = 0;

/** Vitest's global set-up: one PostgreSQL with a migrated template for the whole run, stopped at its end. */
export async function setup(project: TestProject): Promise<void> {
  users += 1;
  started ??= startTestServer();
  project.provide("testServer", (await started).server);
}

export async function teardown(): Promise<void> {
  users -= 1;
  if (users === 0) await (await started)?.stop();
}

async function startTestServer(): Promise<StartedServer> {
  const { serverUrl, stop } = await (process.env.TEST_DATABASE_URL
    ? { serverUrl: process.env.TEST_DATABASE_URL, stop: async () => {} }
    : startScratchServer());
  const passwords = { owner: randomSecret(), app: randomSecret(), scanner: randomSecret() };
  const template = `sightline_template_${randomBytes(4).toString("hex")}`;
  await saveRoles(serverUrl, passwords);
  await createDatabase(serverUrl, template);
  const templateUrl = withDatabase(serverUrl, template);
  await grantSchemas(templateUrl);
  const { ownerUrl, appUrl } = databaseUrls(templateUrl, passwords);
  await deployMigrations(ownerUrl);
  await createJobTables(appUrl);
  const stopAll = async () => {
    await withClient(serverUrl, (client) => client.query(`DROP DATABASE ${template} WITH (FORCE)`));
    await stop();
  };
  return { server: { serverUrl, template, passwords }, stop: stopAll };
}

async function createJobTables(appUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: appUrl, createSchema: false, schedule: false, supervise: false });
  await boss.start();
  await boss.stop({ graceful: false });
}

function randomSecret(): string {
  return randomBytes(24).toString("base64url");
}
