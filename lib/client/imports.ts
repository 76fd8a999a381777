import { ApiError, toApiErrorFrom } from "./api.ts";

export type StartedImport = { name: string; runId: string };

/**
 * Sends a report as the next revision of an import; `onProgress` gets the bytes that are on their way. Throws ApiError,
 * its faults the JSON paths of what cannot be read. `fetch` cannot tell how far an upload is; XMLHttpRequest can.
 */
export function sendReport(
  { name, file, signal }: { name: string; file: File; signal: AbortSignal },
  onProgress: (sentBytes: number) => void,
): Promise<StartedImport> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/imports?${new URLSearchParams({ name })}`);
    request.setRequestHeader("content-type", "application/sarif+json");
    request.setRequestHeader("accept", "application/json");
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded));
    request.addEventListener("load", () => {
      if (request.status === 202) resolve(JSON.parse(request.responseText));
      else reject(toApiErrorFrom(request.status, request.responseText));
    });
    request.addEventListener("error", () =>
      reject(new ApiError(0, "The connection broke off. Nothing was kept; send the report again.")),
    );
    request.addEventListener("abort", () => reject(new DOMException("The import was cancelled", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
