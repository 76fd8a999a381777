import type { z } from "zod";
import type { fetchCodeJob } from "#lib/jobs/fetch-code.ts";
import { fetchCode } from "#lib/usecases/fetch-code.ts";
import { toInspectorAccess, withSource } from "../open-source.ts";
import type { Task } from "../register-job.ts";

export async function handleFetchCode(
  { findingId }: z.infer<typeof fetchCodeJob.payloadSchema>,
  { signal }: Task,
): Promise<void> {
  await fetchCode(findingId, {
    withSource: (connection, use) => withSource(toInspectorAccess(connection), use),
    signal,
  });
}
