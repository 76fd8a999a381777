// The one file that runs on whatever Node the machine has (20.19 or newer): it installs what the lock names, and
// hands over to the Node 24 that comes with it.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
if (!isInstalled()) install();
handOver(process.argv.slice(2));

// npm writes the inner lock last: an install that was cut short has none. What is optional may be for other systems,
// and a production image has nothing that only development needs.
function isInstalled() {
  const isProduction = process.env.NODE_ENV === "production";
  const innerLock = join("node_modules", ".package-lock.json");
  if (!existsSync(innerLock)) return false;
  const installed = readPackages(innerLock);
  return Object.entries(readPackages("package-lock.json")).every(([path, wanted]) => {
    const found = installed[path];
    if (path === "") return true;
    if (found) return found.version === wanted.version;
    return wanted.optional === true || (isProduction && (wanted.dev ?? wanted.devOptional) === true);
  });
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}

function install() {
  const startedAt = Date.now();
  process.stdout.write("Installing dependencies (npm ci)\n");
  const { status } = spawnSync("npm", ["ci", "--include=dev"], { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) process.exit(status ?? 1);
  process.stdout.write(`Installed in ${Math.round((Date.now() - startedAt) / 1000)} s\n`);
}

function handOver(args) {
  const ownNode = join("node_modules", ".bin", "node");
  const node = existsSync(ownNode) ? ownNode : process.execPath;
  if (node === process.execPath && Number(process.versions.node.split(".")[0]) < 24) {
    fail(`Node 24 or newer is needed on ${process.platform} ${process.arch}; this is ${process.version}.`);
  }
  // The channel tells the program when this process is gone, however it ended.
  const child = spawn(node, args, {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", CHECKPOINT_DISABLE: "1" },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => fail(`${node} could not be started: ${error.message}`));
  child.on("exit", (code) => process.exit(code ?? 1));
}

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
