import { queryOptions } from "@tanstack/react-query";
import type { UploadList } from "#lib/domain/upload.ts";
import { fromUploadMetadata } from "#lib/domain/upload-metadata.ts";
import { ApiError, apiFetch, apiGet, toApiErrorFrom } from "./api.ts";
import { cancelScanRun } from "./scans.ts";
import type { UploadTransport } from "./uploader.ts";

const PATH = "/api/v1/uploads";

const RECEIVING_MS = 3_000;

/** One's own unfinished uploads, the newest first; asked again while one of them comes in. */
export const uploadsQuery = () =>
  queryOptions({
    queryKey: ["uploads"],
    queryFn: ({ signal }) => apiGet<UploadList>(PATH, new URLSearchParams(), signal),
    refetchInterval: (query) => (query.state.data?.items.some(({ isReceiving }) => isReceiving) ? RECEIVING_MS : false),
  });

/** Uploads by tus 1.0 to this installation. */
export const tusTransport: UploadTransport = {
  async announce({ name, file, fingerprint }) {
    const answer = await apiFetch(`${PATH}?name=${encodeURIComponent(name)}`, {
      method: "POST",
      headers: {
        "tus-resumable": "1.0.0",
        "upload-length": String(file.size),
        "upload-metadata": fromUploadMetadata({ filename: file.name, fingerprint }),
      },
    });
    const runId = answer.headers.get("location")?.split("/").at(-1);
    if (!runId) throw new ApiError(answer.status, "Sightline did not say where to send the archive.");
    return runId;
  },

  send({ runId, file }, { onProgress, onArrived, onBroken }) {
    let stop = () => {};
    let isStopped = false;
    const begin = async () => {
      const { Upload } = await import("tus-js-client");
      if (isStopped) return;
      const upload = new Upload(file, {
        uploadUrl: `${PATH}/${runId}`,
        // It asks first how much is there. When to try again is the uploader's matter: a lost line may take hours.
        retryDelays: null,
        storeFingerprintForResuming: false,
        onProgress: (sentBytes) => onProgress(sentBytes),
        onSuccess: () => onArrived(),
        onError: (error) => onBroken(toApiError(error)),
      });
      stop = () => void upload.abort();
      upload.start();
    };
    begin().catch((error: unknown) => onBroken(toApiError(error)));
    return () => {
      isStopped = true;
      stop();
    };
  },

  async cancel(run) {
    await cancelScanRun(run);
  },
};

/** No answer at all is status 0. */
function toApiError(error: unknown): ApiError {
  const answer = answerOf(error);
  if (answer?.getStatus() === 401)
    return new ApiError(
      401,
      "Your session has ended. Sign in in another tab, then try again: what has arrived is kept.",
    );
  if (answer) return toApiErrorFrom(answer.getStatus(), answer.getBody() ?? "");
  return new ApiError(0, "The connection is gone.");
}

type Answer = { getStatus(): number; getBody(): string };

function answerOf(error: unknown): Answer | null {
  if (!(error instanceof Error && "originalResponse" in error)) return null;
  // tus-js-client's DetailedError, whose class cannot be had without loading the whole.
  return error.originalResponse as Answer | null;
}
