import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";

const folder = await mkdtemp(join(tmpdir(), "sample-main-"));
afterAll(() => rm(folder, { recursive: true }));

function start(environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [fileURLToPath(new URL("./main.ts", import.meta.url))], {
    env: { NODE_ENV: "production", DATA_DIR: folder, SIGHTLINE_SAMPLE_FINDINGS: "1000", ...environment },
    // As the supervisor starts it: with a channel that stays open.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
}

async function firstLine(child: ChildProcess): Promise<unknown> {
  if (child.stdout === null) throw new Error("Nothing to read");
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return JSON.parse(line);
}

test("the process serves, remembers the end of its year, and ends cleanly when it is told to", async () => {
  const child = start({ SAMPLE_PORT: "0" });
  const exited = once(child, "exit");
  const { url } = z.object({ url: z.url() }).parse(await firstLine(child));
  const { end } = await (await fetch(`${url}/organisation`)).json();
  expect((await readFile(join(folder, "sample-end"), "utf8")).trim()).toBe(end);
  child.kill("SIGTERM");
  expect(await exited).toEqual([0, null]);
});

test("a wrong setting ends it with the setting's name", async () => {
  const child = start({ SIGHTLINE_SAMPLE_FINDINGS: "many" });
  const written: Buffer[] = [];
  child.stderr?.on("data", (chunk: Buffer) => written.push(chunk));
  const [code] = await once(child, "close");
  expect(code).toBe(1);
  expect(Buffer.concat(written).toString()).toContain("SIGHTLINE_SAMPLE_FINDINGS");
});
