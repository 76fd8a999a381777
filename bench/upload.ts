import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { type ScanRun, scanRunSchema } from "#lib/domain/scan.ts";
import { writeArchive } from "./archive.ts";
import { type BenchResult, median } from "./bench-result.ts";
import { BENCH_TOKEN, type Instance, startInstance } from "./instance.ts";
import { peakMemoryOf } from "./memory.ts";

const ARCHIVE_BYTES = 1.5 * 1024 ** 3;
const ROUNDS = 3;
const MEMORY_GOAL_MIB = 350;
const SCAN_TIMEOUT_MS = 10 * 60_000;
const NAME = "bench-upload";
const AUTHORIZATION = { authorization: `Bearer ${BENCH_TOKEN}`, "tus-resumable": "1.0.0" };

type Archive = { path: string; sizeBytes: number };

/** Sends a zip of 1.5 GB by tus to the whole product, and to a bare server in turns; the scan is waited for. */
export async function benchUpload(): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "sightline-bench-"));
  try {
    const path = join(folder, "archive.zip");
    const archive = { path, sizeBytes: await writeArchive(path, ARCHIVE_BYTES) };
    const instance = await startInstance(join(folder, "data"), "off");
    try {
      return [...(await speeds(instance, archive, folder)), ...peaks(instance)];
    } finally {
      await instance.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function speeds(instance: Instance, archive: Archive, folder: string): Promise<BenchResult[]> {
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await sendToBareServer(archive, join(folder, "bare.zip")));
    const { seconds, runId } = await sendByTus(instance, archive);
    ours.push(seconds);
    const run = await whenScanned(instance, runId);
    if (run.state !== "succeeded") throw new Error(`The scan ended as ${run.state}: ${run.error?.message}`);
  }
  const megabytes = archive.sizeBytes / 1e6;
  return [
    {
      name: "Upload of 1.5 GB by tus, until its scan is queued",
      figure: megabytes / median(ours),
      unit: "MB/s",
      reference: "the same to a bare server that hashes it to the disk",
      ratio: median(bare) / median(ours),
      goal: "",
      isMet: null,
    },
  ];
}

/** The most that each process has held since it was started, over all uploads and scans. */
function peaks(instance: Instance): BenchResult[] {
  return peakMemoryOf(instance.pid)
    .filter(({ name }) => ["web", "worker", "scanner"].includes(name))
    .map(({ name, mebibytes }) => ({
      name: `Peak memory of ${name}`,
      figure: mebibytes,
      unit: "MiB",
      reference: "",
      ratio: null,
      goal: `≤ ${MEMORY_GOAL_MIB} MiB`,
      isMet: mebibytes <= MEMORY_GOAL_MIB,
    }));
}

async function sendByTus(instance: Instance, archive: Archive): Promise<{ seconds: number; runId: string }> {
  const startedAt = performance.now();
  const announced = await fetch(`${instance.url}/api/v1/uploads?name=${NAME}`, {
    method: "POST",
    headers: { ...AUTHORIZATION, "upload-length": String(archive.sizeBytes) },
  });
  const location = announced.headers.get("location") ?? "";
  await send("PATCH", `${instance.url}${location}`, archive, {
    ...AUTHORIZATION,
    "content-type": "application/offset+octet-stream",
    "upload-offset": "0",
  });
  return { seconds: (performance.now() - startedAt) / 1000, runId: location.split("/").at(-1) ?? "" };
}

async function sendToBareServer(archive: Archive, target: string): Promise<number> {
  const child = spawn(process.execPath, ["bench/bare-upload.ts", target], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [line] = await once(child.stdout, "data");
    const startedAt = performance.now();
    await send("PUT", String(line).trim(), archive, {});
    return (performance.now() - startedAt) / 1000;
  } finally {
    child.kill();
    rmSync(target, { force: true });
  }
}

async function send(method: string, url: string, archive: Archive, headers: Record<string, string>): Promise<void> {
  const sending = request(url, { method, headers: { ...headers, "content-length": archive.sizeBytes } });
  const answered = once(sending, "response");
  await pipeline(createReadStream(archive.path, { highWaterMark: 1024 ** 2 }), sending);
  const [response] = await answered;
  response.resume();
  if (response.statusCode >= 300) throw new Error(`${method} ${url} answered ${response.statusCode}`);
}

async function whenScanned(instance: Instance, runId: string): Promise<ScanRun> {
  for (const until = Date.now() + SCAN_TIMEOUT_MS; Date.now() < until; await sleep(500)) {
    const answer = await fetch(`${instance.url}/api/v1/scans/${NAME}/runs/${runId}`, { headers: AUTHORIZATION });
    const run = scanRunSchema.parse(await answer.json());
    if (["succeeded", "failed", "cancelled"].includes(run.state)) return run;
  }
  throw new Error("The scan did not end within ten minutes");
}
