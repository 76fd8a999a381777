import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type Config, loadConfig } from "./config.ts";
import { openDatabase } from "./database.ts";
import { exitWith, StartError } from "./start-error.ts";
import { generateClient, isFresh, runBuildStep } from "./supervisor/build.ts";
import { portsOfRunningInstance } from "./supervisor/instance-lock.ts";
import { applicationEnv } from "./supervisor/process-table.ts";

// Runs a script as the application would: beside a running instance, or alone on its data.
const [script, ...args] = process.argv.slice(2);
try {
  if (!script) throw new StartError("Usage: node local/with-database.ts SCRIPT [ARGUMENT …]");
  process.exit(await runScript(loadConfig(), [script, ...args]));
} catch (error) {
  exitWith(error);
}

async function runScript(config: Config, command: string[]): Promise<number> {
  const database = await openDatabase(config);
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stopping.abort());
  try {
    if (!isFresh(generateClient)) {
      await runBuildStep(generateClient, join(config.DATA_DIR, "logs"), stopping.signal);
    }
    const defaults = {
      web: config.PORT ?? 3000,
      scanner: config.SCANNER_PORT ?? 3001,
      sample: config.SAMPLE_PORT ?? 3002,
    };
    const ports = portsOfRunningInstance(config.DATA_DIR) ?? defaults;
    const env = applicationEnv(config, ports, database.urls, process.env);
    const child = spawn(process.execPath, command, { stdio: "inherit", env });
    stopping.signal.addEventListener("abort", () => child.kill("SIGTERM"), { once: true });
    const [code] = await once(child, "exit");
    return typeof code === "number" ? code : 1;
  } finally {
    if (database.cluster?.isAdopted === false) await database.cluster.stop();
  }
}
