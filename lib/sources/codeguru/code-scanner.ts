import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import type { SkippedFile } from "#lib/domain/scan.ts";
import type { CodeScanner, ObservedScan } from "../source.ts";
import type { CodeGuruSecurityClient } from "./codeguru-client.ts";
import { CancelScanCommand, CreateScanCommand, CreateUploadUrlCommand, GetScanCommand } from "./commands.ts";
import { ConflictException } from "./errors.ts";
import { toObservedFinding } from "./map-finding.ts";
import { paginateGetFindings } from "./paginators.ts";
import { putArchive } from "./put-archive.ts";
import type { GetScanResponse } from "./shapes.ts";
import { toSourceError } from "./source-failure.ts";

/** Any endpoint of CodeGuru Security's API as a scanner: ours, or one that is compatible. */
export function codeScanner(client: CodeGuruSecurityClient): CodeScanner {
  return {
    startScan: ({ name, token, archive, signal }) =>
      translating(async () => {
        const options = { abortSignal: signal };
        const upload = await client.send(new CreateUploadUrlCommand({ scanName: name }), options);
        await putArchive(archive, { url: upload.s3Url, headers: upload.requestHeaders, signal });
        const resourceId = { codeArtifactId: upload.codeArtifactId };
        const command = new CreateScanCommand({ scanName: name, resourceId, clientToken: token });
        return client.send(command, options).then(({ runId }) => runId, toStartedRunId);
      }),
    observeScan: ({ name, wireRunId, signal }) =>
      translating(async () => {
        const command = new GetScanCommand({ scanName: name, runId: wireRunId });
        return toObservedScan(await client.send(command, { abortSignal: signal }));
      }),
    observeFindings: (scan) => observeFindings(client, scan),
    cancelScan: ({ name, wireRunId, signal }) =>
      translating(async () => {
        await client.send(new CancelScanCommand({ scanName: name, runId: wireRunId }), { abortSignal: signal });
      }),
  };
}

/**
 * The run that a token has started before, when only its answer was lost: the archive has been uploaded anew since, so
 * the scanner sees another request under the same token, and names the run. Throws whatever else it was.
 */
function toStartedRunId(cause: unknown): string {
  if (cause instanceof ConflictException && cause.resourceType === "ScanRun" && cause.resourceId)
    return cause.resourceId;
  throw cause;
}

async function* observeFindings(
  client: CodeGuruSecurityClient,
  { name, signal }: { name: string; signal: AbortSignal },
): AsyncGenerator<ObservedFinding[]> {
  try {
    const region = await client.config.region();
    // 1,000 a page is the most GetFindings allows.
    const pages = paginateGetFindings(
      { client, pageSize: 1000 },
      { scanName: name, status: "All" },
      { abortSignal: signal },
    );
    for await (const page of pages)
      yield (page.findings ?? []).map((finding) => toObservedFinding(finding, { name, region }));
  } catch (cause) {
    throw toSourceError(cause);
  }
}

async function translating<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    throw toSourceError(cause);
  }
}

const STATE: Record<GetScanResponse["scanState"], ObservedScan["state"]> = {
  InProgress: "running",
  Successful: "succeeded",
  Failed: "failed",
};

function toObservedScan(scan: GetScanResponse): ObservedScan {
  const progress = scan.xSightline;
  const message = scan.errorMessage ?? "The scanner gave no reason.";
  return {
    state: STATE[scan.scanState],
    stage: progress?.stage ?? null,
    done: progress?.done ?? 0,
    total: progress?.total ?? null,
    skippedFiles: (progress?.skippedFiles ?? []).map(toSkippedFile),
    failure:
      scan.scanState === "Failed"
        ? { code: progress?.errorCode ?? "scan-failed", message, isRetryable: isRetryable(progress?.errorCode) }
        : null,
  };
}

/** An archive that was refused is refused again; a run that was interrupted, or lost its archive, may end well. */
function isRetryable(errorCode: string | undefined): boolean {
  return errorCode === undefined || ["interrupted", "internal-error", "archive-gone"].includes(errorCode);
}

function toSkippedFile({
  path = "",
  reason = "",
  detail,
}: {
  path?: string;
  reason?: string;
  detail?: string;
}): SkippedFile {
  return { path, reason, detail: detail ?? null };
}
