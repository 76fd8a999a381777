import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { sarifReport } from "#lib/sources/sarif/sarif-report.ts";

/** A log as a file that is read in small chunks. */
export async function* inChunks(text: string, sizeBytes = 4096): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += sizeBytes) yield bytes.subarray(at, at + sizeBytes);
}

/** What a log's results are as findings of the import `shop`, in the log's order. */
export async function sarifFindings(log: unknown, at = new Date("2026-11-24T09:00:00Z")): Promise<ObservedFinding[]> {
  const signal = new AbortController().signal;
  const report = await sarifReport({ name: "shop", at, open: () => inChunks(JSON.stringify(log)), signal });
  const findings: ObservedFinding[] = [];
  for await (const page of report.observeFindings()) findings.push(...page);
  return findings;
}
