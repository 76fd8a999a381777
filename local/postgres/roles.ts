import pg from "pg";

/** Passwords of the three roles, none of which is a superuser. */
export type RolePasswords = { owner: string; app: string; scanner: string };

/** Connection strings to one database: its owner (migrations), the application, the scanner. */
export type DatabaseUrls = { ownerUrl: string; appUrl: string; scannerUrl: string };

const ROLES = { owner: "sightline_owner", app: "sightline_app", scanner: "sightline_scanner" } as const;

/** Creates the three roles, or gives them these passwords. `serverUrl` is a superuser's. */
export async function saveRoles(serverUrl: string, passwords: RolePasswords): Promise<void> {
  await withClient(serverUrl, async (client) => {
    for (const key of ["owner", "app", "scanner"] as const) {
      const { rowCount } = await client.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [ROLES[key]]);
      const verb = rowCount === 0 ? "CREATE" : "ALTER";
      const attributes = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS";
      await client.query(`${verb} ROLE ${ROLES[key]} ${attributes} PASSWORD ${client.escapeLiteral(passwords[key])}`);
    }
  });
}

/** Creates a database that belongs to the owner role, as a copy of `template`, and closes it to everyone else. */
export async function createDatabase(serverUrl: string, name: string, template = "template0"): Promise<void> {
  await withClient(serverUrl, async (client) => {
    const [database, source] = [client.escapeIdentifier(name), client.escapeIdentifier(template)];
    await client.query(`CREATE DATABASE ${database} TEMPLATE ${source} OWNER ${ROLES.owner}`);
    await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
    await client.query(`GRANT CONNECT, TEMPORARY ON DATABASE ${database} TO ${ROLES.app}, ${ROLES.scanner}`);
  });
}

export async function hasDatabase(serverUrl: string, name: string): Promise<boolean> {
  return await withClient(serverUrl, async (client) => {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    return rowCount === 1;
  });
}

/**
 * Gives each role its schema of the database: `public` to the owner (the application may read and write its rows and
 * rebuild its indexes, not change its shape), `pgboss` to the application, `scanner` to the scanner. `databaseUrl` is a superuser's.
 * May run again at any time.
 */
export async function grantSchemas(databaseUrl: string): Promise<void> {
  const { owner, app, scanner } = ROLES;
  await withClient(databaseUrl, async (client) => {
    await client.query(`
      ALTER SCHEMA public OWNER TO ${owner};
      CREATE SCHEMA IF NOT EXISTS pgboss AUTHORIZATION ${app};
      CREATE SCHEMA IF NOT EXISTS scanner AUTHORIZATION ${scanner};
      REVOKE ALL ON SCHEMA public, pgboss, scanner FROM PUBLIC;
      GRANT USAGE ON SCHEMA public TO ${app};
      ALTER DEFAULT PRIVILEGES FOR ROLE ${owner}, ${app}, ${scanner} REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
      ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA public
        GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${app};
      ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ${app};
      ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO ${app};
    `);
    // So that the worker may rebuild indexes, of tables that are there and of those to come. PostgreSQL 17 has it first.
    const { rowCount } = await client.query("SELECT WHERE current_setting('server_version_num')::int >= 170000");
    if (rowCount === 0) return;
    await client.query(`
      GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO ${app};
      ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA public GRANT MAINTAIN ON TABLES TO ${app};
    `);
  });
}

/** The three roles' connection strings to the database that `databaseUrl` (of any role) names. */
export function databaseUrls(databaseUrl: string, passwords: RolePasswords): DatabaseUrls {
  const urlOf = (key: keyof RolePasswords) => {
    const url = new URL(databaseUrl);
    url.username = ROLES[key];
    url.password = encodeURIComponent(passwords[key]);
    return url.href;
  };
  return { ownerUrl: urlOf("owner"), appUrl: urlOf("app"), scannerUrl: urlOf("scanner") };
}

/** The same server and role, another database. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(name)}`;
  return changed.href;
}

export async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
