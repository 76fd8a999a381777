import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { completeLock, missingOptionals, parseLock } from "./complete-lock.ts";

const committed = parseLock(readFileSync("package-lock.json", "utf8"));

test("every optional package that the committed lock names is in it", () => {
  expect(missingOptionals(committed)).toEqual([]);
});

test("a missing build is added for its own platform", () => {
  const lock = parseLock(
    JSON.stringify({
      lockfileVersion: 3,
      packages: {
        "node_modules/tool": {
          version: "1.0.0",
          dev: true,
          optionalDependencies: { "@tool/darwin-arm64": "1.0.0", "tool-linux-armv7-musl": "^1.2.0" },
        },
      },
    }),
  );
  expect(completeLock(lock)).toMatchObject({
    lockfileVersion: 3,
    packages: {
      "node_modules/@tool/darwin-arm64": {
        version: "1.0.0",
        cpu: ["arm64"],
        os: ["darwin"],
        optional: true,
        dev: true,
      },
      "node_modules/tool-linux-armv7-musl": { version: "1.2.0", cpu: ["arm"], os: ["linux"] },
    },
  });
});

test("an optional package nested beside the one that names it is not missing", () => {
  const nested = { version: "1.0.0", optionalDependencies: { inner: "1.0.0" } };
  const packages = {
    "node_modules/a/node_modules/b": nested,
    "node_modules/a/node_modules/inner": { version: "1.0.0" },
  };
  expect(missingOptionals({ packages })).toEqual([]);
});

test("a name that tells no platform is refused instead of guessed", () => {
  const lock = { packages: { "": { optionalDependencies: { mystery: "1.0.0" } } } };
  expect(() => completeLock(lock)).toThrow("mystery@1.0.0");
});

test("every package with an install script is listed, and none is allowed to run", () => {
  const { allowScripts } = z
    .object({ allowScripts: z.record(z.string(), z.boolean()) })
    .parse(JSON.parse(readFileSync("package.json", "utf8")));
  const withScript = Object.entries(committed.packages).filter(([, entry]) => entry.hasInstallScript === true);
  const names = withScript.map(([path]) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length));
  expect(Object.keys(allowScripts).sort()).toEqual([...new Set(names)].sort());
  expect(Object.values(allowScripts)).not.toContain(true);
});
