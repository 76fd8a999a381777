import { join } from "node:path";
import { env } from "#lib/config/env.ts";
import { readReport } from "#lib/sources/read-report.ts";
import { localStorage } from "#lib/storage/local-storage.ts";
import { importReport } from "#lib/usecases/import-report.ts";

/** Takes one run of an import from its report to its findings. */
export async function handleImportReport(
  wanted: { runId: string },
  { signal }: { signal: AbortSignal },
): Promise<void> {
  const storage = localStorage(join(env().DATA_DIR, "archives"));
  await importReport(wanted, { readReport, storage, clock: () => new Date(), signal });
}
