import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

// Each is a small sin, planted in a tree that has nothing else.
const PLANTED: Record<string, { file: string; text: string; alsoNeeds?: string }> = {
  "floor: lib/domain": { file: "lib/domain/a.ts", text: 'import "#lib/db/read/x.ts";', alsoNeeds: "lib/db/read/x.ts" },
  "floor: app": {
    file: "app/page.tsx",
    text: 'import type { A } from "#lib/db/write/w.ts";',
    alsoNeeds: "lib/db/write/w.ts",
  },
  "floor: components/[^/]+": {
    file: "components/scans/list.tsx",
    text: 'import "../findings/table.tsx";',
    alsoNeeds: "components/findings/table.tsx",
  },
  "floor: components/ui": {
    file: "components/ui/b.tsx",
    text: 'import "#lib/domain/d.ts";',
    alsoNeeds: "lib/domain/d.ts",
  },
  "floor: lib/usecases": {
    file: "lib/usecases/u.ts",
    text: 'import "../sources/inspector/i.ts";',
    alsoNeeds: "lib/sources/inspector/i.ts",
  },
  "floor: scanner": { file: "scanner/s.ts", text: 'import "../lib/config/env.ts";', alsoNeeds: "lib/config/env.ts" },
  "floor: worker": { file: "worker/k.ts", text: 'import "#lib/http/h.ts";', alsoNeeds: "lib/http/h.ts" },
  "no cycles": { file: "lib/db/one.ts", text: 'import "./two.ts";', alsoNeeds: "lib/db/two.ts" },
  "every import leads somewhere": { file: "lib/db/lost.ts", text: 'import "./gone.ts";' },
  "tests' things stay in tests": { file: "lib/auth/t.ts", text: 'import "#testing/t.ts";', alsoNeeds: "testing/t.ts" },
  "Prisma stays in lib/db": { file: "lib/auth/p.ts", text: 'import "@prisma/adapter-pg";' },
  "the AWS SDK stays at the edges": { file: "app/aws.ts", text: 'import "@aws-sdk/client-sts";' },
  "what runs is installed": { file: "worker/dev.ts", text: 'import "fast-check";' },
};

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "sightline-floors-"));
  for (const name of ["package.json", "dependency-cruiser.config.js"]) copyFileSync(name, join(root, name));
  symlinkSync(resolve("node_modules"), join(root, "node_modules"));
  for (const { file, text, alsoNeeds } of Object.values(PLANTED)) {
    if (alsoNeeds) write(alsoNeeds, "export type A = 1;");
    write(file, text);
  }
  write("lib/db/two.ts", 'import "./one.ts";');
  write("worker/fine.ts", 'import "#lib/sources/inspector/i.ts";');
  write("lib/db/write/fine.ts", 'import "#lib/jobs/j.ts";');
  write("lib/jobs/j.ts", "");
  write("scanner/fine.test.ts", 'import "#testing/t.ts"; import "fast-check";');
});
afterAll(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

const reportSchema = z.object({
  summary: z.object({ violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })) }),
});

function cruise(): { from: string; rule: string }[] {
  const program = join("node_modules", "dependency-cruiser", "bin", "dependency-cruiser.mjs");
  const folders = ["app", "components", "lib", "scanner", "testing", "worker"];
  const args = [program, "--config", "dependency-cruiser.config.js", "--output-type", "json", ...folders];
  const { stdout } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  const { violations } = reportSchema.parse(JSON.parse(stdout)).summary;
  return violations.map(({ from, rule }) => ({ from, rule: rule.name }));
}

test("a planted violation of each rule is caught, and what is allowed passes", () => {
  const found = cruise();
  for (const [rule, { file }] of Object.entries(PLANTED)) expect(found).toContainEqual({ from: file, rule });
  const innocent = found.filter(({ from }) => /fine/.test(from));
  expect(innocent).toEqual([]);
});
