import { globSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { permissionSchema } from "#lib/domain/permission.ts";
import { toOpenApi } from "#lib/http/openapi.ts";
import type { RouteHandler } from "#lib/http/operation.ts";
import { ROUTES } from "./v1/openapi.json/routes.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const FILES = globSync("app/**/route.ts");
// Signing in, and what says no more than that there is a Sightline.
const PUBLIC = ["GET app/healthz", "GET app/readyz", "GET app/api/v1/openapi.json", "POST app/api/v1/session"];

async function handlersOf(file: string): Promise<[string, RouteHandler][]> {
  const exported: Record<string, RouteHandler> = await import(/* @vite-ignore */ resolve(file));
  return Object.entries(exported).filter(([name]) => METHODS.includes(name));
}

test("every route declares who may use it, and nothing is public by chance", async () => {
  const open: string[] = [];
  for (const file of FILES.filter((path) => !path.includes("[...path]"))) {
    const handlers = await handlersOf(file);
    expect([file, handlers.length]).not.toEqual([file, 0]);
    for (const [method, handler] of handlers) {
      const { success, data } = z.enum([...permissionSchema.options, "public"]).safeParse(handler.operation?.access);
      expect([`${method} ${file}`, success]).toEqual([`${method} ${file}`, true]);
      if (data === "public") open.push(`${method} ${dirname(file)}`);
    }
  }
  expect(open.sort()).toEqual(PUBLIC.sort());
});

test("only GET and OPTIONS ask, and only the others change", async () => {
  for (const file of FILES.filter((path) => !path.includes("[...path]"))) {
    for (const [method, handler] of await handlersOf(file)) {
      expect([file, method, handler.operation.kind === "query"]).toEqual([
        file,
        method,
        /^(GET|OPTIONS)$/.test(method),
      ]);
    }
  }
});

test("the API's description has every route on disk and no other", () => {
  const onDisk = globSync("app/api/v1/**/route.ts")
    .map((file) => `/${dirname(file).replace("app/", "")}`.replaceAll(/\[(\w+)\]/g, "{$1}"))
    .filter((path) => path !== "/api/v1/openapi.json");
  expect(Object.keys(ROUTES).sort()).toEqual(onDisk.sort());
});

test("the API's description says of every operation what it does", () => {
  const { paths } = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.object({ summary: z.string() }))) })
    .parse(toOpenApi(ROUTES));
  const mute = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { summary }]) => summary === "")
      .map(([method]) => `${method} ${path}`),
  );
  expect(mute).toEqual([]);
});

test("every page behind the sign-in asks who is looking, the layout's word not being enough", () => {
  const pages = globSync("app/(signed-in)/**/{page,layout}.tsx");
  expect(pages.length).toBeGreaterThan(0);
  const silent = pages.filter((file) => !/await currentPerson\(/.test(readFileSync(file, "utf8")));
  expect(silent).toEqual([]);
});

test("pages outside the sign-in are the sign-in itself, and a report for who has its link", () => {
  const outside = globSync("app/**/page.tsx").filter((file) => !file.startsWith("app/(signed-in)/"));
  expect(outside.filter((file) => !file.startsWith("app/sign-in/"))).toEqual(["app/shared/[token]/page.tsx"]);
});

test("there are no server functions", () => {
  const files = globSync("{app,components,lib}/**/*.{ts,tsx}", { exclude: ["lib/db/generated/**"] });
  expect(files.filter((file) => /^\s*["']use (server|cache)/m.test(readFileSync(file, "utf8")))).toEqual([]);
});
