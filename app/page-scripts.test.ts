import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

/** What a page is made of; `import()` is left out: that is fetched later. */
const ENTRIES = "app/**/{page,layout,loading,error,not-found,global-error}.tsx";
// Types are gone when it is built.
const IMPORT = /^(?:import|export)\s(?!type\b)(?:[^"']*?\sfrom\s)?"([^"]+)"/gm;

type Module = { imports: string[]; isClient: boolean };

function readModule(path: string): Module {
  const text = readFileSync(path, "utf8");
  return {
    imports: [...text.matchAll(IMPORT)].map(([, name = ""]) => name),
    isClient: text.startsWith('"use client"'),
  };
}

function pathOf(name: string, from: string): string | null {
  if (name.startsWith("#")) return name.slice(1);
  return name.startsWith(".") && !name.endsWith(".css") ? join(dirname(from), name) : null;
}

/** Every chain of modules by which the browser is sent a package, each from a page on. */
function chainsTo(wanted: (name: string) => boolean): string[][] {
  const seen = new Set<string>();
  const found: string[][] = [];
  const walk = (path: string, isInBrowser: boolean, chain: string[]) => {
    const module = readModule(path);
    const isSent = isInBrowser || module.isClient;
    if (seen.has(`${path} ${isSent}`)) return;
    seen.add(`${path} ${isSent}`);
    for (const name of module.imports) {
      const next = pathOf(name, path);
      if (next !== null) walk(next, isSent, [...chain, path]);
      else if (isSent && wanted(name)) found.push([...chain, path, name]);
    }
  };
  for (const entry of globSync(ENTRIES)) walk(entry, false, []);
  return found;
}

test("the walk over the pages finds what every page has", () => {
  expect(chainsTo((name) => name === "@tanstack/react-query").length).toBeGreaterThan(10);
});

test("no page sends the browser a schema", () => {
  expect(chainsTo((name) => name === "zod" || name.startsWith("zod/"))).toEqual([]);
});

test("what floats is fetched when it opens", () => {
  expect(chainsTo((name) => name.startsWith("@base-ui/"))).toEqual([]);
});

test("what sends archives is fetched when one is sent", () => {
  expect(chainsTo((name) => name === "tus-js-client")).toEqual([]);
});

/** Without a boundary of its own the whole page steps aside until the piece is there, and takes the focus with it. */
test("what is fetched later has the place where it waits to itself", () => {
  const open = globSync("{app,components}/**/*.tsx").flatMap((path) =>
    [...readFileSync(path, "utf8").matchAll(/\bdynamic\([\s\S]*?\);\n/g)]
      .filter(([call]) => !/ssr: false|loading:/.test(call))
      .map(([call]) => `${path}: ${call}`),
  );
  expect(open).toEqual([]);
});
