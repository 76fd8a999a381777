import http from "node:http";
import https from "node:https";
import { pipeline } from "node:stream/promises";
import type { Archive } from "../source.ts";

/** How long a connection may stand still before the upload is given up. */
const IDLE_TIMEOUT_MS = 60_000;

/** Streams an archive to a presigned URL with exactly the headers that came with it. Throws for any answer but 2xx. */
export async function putArchive(
  archive: Archive,
  { url, headers, signal }: { url: string; headers: Record<string, string>; signal: AbortSignal },
): Promise<void> {
  const { protocol } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") throw new Error("The upload URL is neither http nor https");
  const request = (protocol === "https:" ? https : http).request(url, {
    method: "PUT",
    headers: { ...headers, "content-length": archive.sizeBytes },
    signal,
    timeout: IDLE_TIMEOUT_MS,
  });
  request.on("timeout", () =>
    request.destroy(Object.assign(new Error("The upload stood still"), { code: "ETIMEDOUT" })),
  );
  const answered = new Promise<number>((resolve, reject) => {
    request.on("error", reject);
    request.on("response", (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
      response.on("error", reject);
    });
  });
  // An early refusal ends the request before the body is through: the answer is what counts.
  const [status, sent] = await Promise.allSettled([answered, pipeline(archive.open(), request)]);
  if (status.status === "rejected") throw sent.status === "rejected" ? sent.reason : status.reason;
  if (status.value < 200 || status.value > 299) throw new Error(`The upload was refused with status ${status.value}`);
}
