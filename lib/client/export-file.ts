import { apiFetch } from "./api.ts";

/** How far a file has come. Rows are told where a line is a row. */
export type ExportProgress = { rows: number; sizeBytes: number };

const LINE_END = 10;
/** What has come in is put away in parts of this size: a browser keeps large ones on disk. */
const PART_BYTES = 4 * 1024 ** 2;

/**
 * Fetches a file that is made while it is read, and tells how far it has come. `headLines`: lines at its start and end
 * that are no rows. Throws ApiError, and what `signal` says when it was given up.
 */
export async function fetchFile(
  address: string,
  {
    headLines,
    signal,
    onProgress,
  }: { headLines: number; signal: AbortSignal; onProgress: (now: ExportProgress) => void },
): Promise<Blob> {
  const answer = await apiFetch(address, { signal });
  const parts: Blob[] = [];
  let pending: Uint8Array<ArrayBuffer>[] = [];
  let [pendingBytes, sizeBytes, lines] = [0, 0, 0];
  for await (const chunk of chunksOf(answer)) {
    pending.push(chunk);
    pendingBytes += chunk.length;
    sizeBytes += chunk.length;
    lines += countLines(chunk);
    onProgress({ rows: Math.max(0, lines - headLines), sizeBytes });
    if (pendingBytes < PART_BYTES) continue;
    parts.push(new Blob(pending));
    [pending, pendingBytes] = [[], 0];
  }
  return new Blob([...parts, ...pending], { type: answer.headers.get("content-type") ?? "" });
}

/** A stream cannot be walked by `for await` in every browser. */
async function* chunksOf(answer: Response): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = answer.body?.getReader();
  if (!reader) return;
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

function countLines(chunk: Uint8Array): number {
  let count = 0;
  for (let at = chunk.indexOf(LINE_END); at >= 0; at = chunk.indexOf(LINE_END, at + 1)) count += 1;
  return count;
}

/** Has the browser keep a file under a name. */
export function keepFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
