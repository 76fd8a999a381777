/** The page of a run. */
export function runPath({ name, runId }: { name: string; runId: string }): string {
  return `/scans/${encodeURIComponent(name)}/runs/${runId}`;
}

/** The list of active findings of a scan. */
export function toFindingsPath({ scanName, severity }: { scanName: string; severity?: string }): string {
  const query = new URLSearchParams({ status: "active", scanName });
  if (severity) query.set("severity", severity);
  return `/findings?${query}`;
}

/** The page that takes a report of another tool. */
export const IMPORT_PATH = "/scans/import";

/** The page with the steps for a pipeline. */
export const CI_PATH = "/scans/ci";
