import { spawn } from "node:child_process";
import { loadConfig } from "./config.ts";
import { exitWith } from "./start-error.ts";
import { buildPages, generateClient } from "./supervisor/build.ts";
import { processTable } from "./supervisor/process-table.ts";
import { runSightline } from "./supervisor/run-sightline.ts";

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
// Whoever started this process is gone, perhaps killed.
process.on("disconnect", () => stop.abort());
stop.signal.addEventListener("abort", () => say("Stopping"), { once: true });

try {
  await runSightline({
    config: loadConfig(),
    parts: {
      client: generateClient,
      pages: buildPages,
      toTable: (config, ports, urls) => processTable(config, ports, urls, process.env),
      greet: async ({ web }) => {
        say(`\nSightline runs at ${web.env.APP_URL}`);
        const link = await signInLink(web.env);
        if (link) say(`Sign in once with this link: ${link}`);
      },
    },
    say,
    signal: stop.signal,
  });
  process.exit(0);
} catch (error) {
  exitWith(error);
}

// In a process of its own: the supervisor stays small and opens no connection that a restart of the database breaks.
function signInLink(env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, ["local/sign-in-link.ts", "--unless-admin"], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    output += chunk;
  });
  return new Promise((settle) => child.once("close", () => settle(output.trim())));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
