import { parseConfig } from "#local/config.ts";
import { exitWith } from "#local/start-error.ts";
import type { BuildStep } from "#local/supervisor/build.ts";
import { runSightline } from "#local/supervisor/run-sightline.ts";

// The real supervisor and PostgreSQL around two tiny processes: `web` answers with its process id and its database's
// name of its role; `stubborn` does not listen when asked to stop. For the tests of starting, stopping and killing.
const web = `
  import { createServer } from "node:http";
  import pg from "pg";
  createServer(async (_request, response) => {
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
    client.on("error", () => {});
    try {
      await client.connect();
      const { rows } = await client.query("SELECT current_user AS role");
      response.end(JSON.stringify({ pid: process.pid, role: rows[0].role }));
    } catch (error) {
      response.writeHead(503).end(error.message);
    }
    await client.end().catch(() => {});
  }).listen(process.env.PORT, "127.0.0.1");
`;
const stubborn = `
  process.on("SIGTERM", () => {});
  setInterval(() => {}, 1_000);
  console.error("stubborn is " + process.pid);
`;
const nothing = (name: string): BuildStep => ({
  name,
  title: name,
  args: ["-e", ""],
  inputs: [],
  outcome: "package.json",
  stamp: "/dev/null",
});

const stop = new AbortController();
process.on("SIGTERM", () => stop.abort());
const say = (line: string) => void process.stdout.write(`${line}\n`);
try {
  await runSightline({
    config: parseConfig(process.env),
    parts: {
      client: nothing("client"),
      pages: nothing("pages"),
      toTable: (_config, ports, urls) => ({
        web: {
          name: "web",
          args: ["--input-type=module", "-e", web],
          env: { ...process.env, PORT: String(ports.web), DATABASE_URL: urls.appUrl },
        },
        beside: [{ name: "stubborn", args: ["-e", stubborn], env: process.env }],
      }),
      greet: async () => say("ready"),
    },
    say,
    signal: stop.signal,
  });
  process.exit(0);
} catch (error) {
  exitWith(error);
}
