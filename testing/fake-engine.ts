import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { EngineFinding, ScanResult } from "../scanner/engine/engine-finding.ts";
import type { ScannerOptions } from "../scanner/start-scanner.ts";

/** What a test's archive says that the engine shall do with it: find, refuse, fail, or wait until it is stopped. */
export type FakeArchive = {
  findings?: EngineFinding[];
  skippedFiles?: ScanResult["skippedFiles"];
  refuse?: { code: string; message: string };
  crash?: string;
  wait?: true;
};

class Refused extends Error {
  readonly code: string;
  constructor({ code, message }: { code: string; message: string }) {
    super(message);
    this.code = code;
  }
}

/** An engine that reads what to find from the archive itself. */
const scan: ScannerOptions["scan"] = async (archivePath, { signal, onProgress }) => {
  const archive: FakeArchive = JSON.parse(await readFile(archivePath, "utf8"));
  onProgress({ stage: "analysing", done: 1, total: 2 });
  if (archive.wait) await delay(600_000, undefined, { signal });
  if (archive.refuse) throw new Refused(archive.refuse);
  if (archive.crash) throw new Error(archive.crash);
  return {
    findings: archive.findings ?? [],
    skippedFiles: archive.skippedFiles ?? [],
    filesScanned: 2,
    linesScanned: 20,
    languages: { python: 2 },
  };
};

const toRefusal: ScannerOptions["toRefusal"] = (error) =>
  error instanceof Refused ? { code: error.code, message: error.message } : null;

export const fakeEngine = { scan, toRefusal };
