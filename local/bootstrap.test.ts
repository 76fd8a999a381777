import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sightline-bootstrap-"));
  for (const name of ["local", "bin", "node_modules"]) mkdirSync(join(folder, name));
  copyFileSync("local/bootstrap.mjs", join(folder, "local", "bootstrap.mjs"));
  writeFileSync(join(folder, "hello.mjs"), 'console.log("hello");\n');
  // An npm that only says what it was asked.
  writeFileSync(join(folder, "bin", "npm"), '#!/bin/sh\necho "npm $*"\n');
  chmodSync(join(folder, "bin", "npm"), 0o755);
});
afterEach(() => rmSync(folder, { recursive: true }));

type Packages = Record<string, { version: string; dev?: true; devOptional?: true; optional?: true }>;

function hand({
  wanted,
  installed,
  nodeEnv,
}: {
  wanted: Packages;
  installed: Packages | null;
  nodeEnv: "production" | "test";
}) {
  const lock = (packages: Packages) => JSON.stringify({ packages: { "": { version: "0.1.0" }, ...packages } });
  writeFileSync(join(folder, "package-lock.json"), lock(wanted));
  if (installed) writeFileSync(join(folder, "node_modules", ".package-lock.json"), lock(installed));
  const env = { PATH: `${join(folder, "bin")}${delimiter}${process.env.PATH}`, NODE_ENV: nodeEnv };
  const { stdout } = spawnSync(process.execPath, [join(folder, "local", "bootstrap.mjs"), "hello.mjs"], {
    env,
    encoding: "utf8",
  });
  return stdout.trim().split("\n");
}

const forThisSystem: Packages = {
  "node_modules/pg": { version: "8.0.0" },
  "node_modules/vitest": { version: "5.0.0", dev: true },
  "node_modules/prisma": { version: "7.0.0", devOptional: true },
};
const wanted: Packages = { ...forThisSystem, "node_modules/pg-elsewhere": { version: "18.0.0", optional: true } };

test("what is installed already is not installed again", () => {
  expect(hand({ wanted, installed: forThisSystem, nodeEnv: "test" })).toEqual(["hello"]);
});

test.each([
  ["nothing is installed", null],
  ["a package is missing", { "node_modules/pg": { version: "8.0.0" } }],
  ["a package is of another version", { ...wanted, "node_modules/pg": { version: "7.0.0" } }],
])("everything is installed, development's packages too, when %s", (_, installed) => {
  expect(hand({ wanted, installed, nodeEnv: "test" })).toContain("npm ci --include=dev");
});

test("a production image, which has none of development's packages, is complete as it is", () => {
  expect(hand({ wanted, installed: null, nodeEnv: "production" })).toContain("npm ci --include=dev");
  const installed: Packages = { "node_modules/pg": { version: "8.0.0" } };
  expect(hand({ wanted, installed, nodeEnv: "production" })).toEqual(["hello"]);
});
