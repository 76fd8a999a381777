/** Archives are sent to this path and their id. */
export const ARTIFACTS_PATH = "/artifacts/";

/** The headers that an upload must carry: they are part of its signature. */
export function toUploadHeaders(id: string): Record<string, string> {
  return { "x-amz-meta-code-artifact-id": id };
}
