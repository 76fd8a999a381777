import { queryOptions } from "@tanstack/react-query";
import type { ScanPage, ScanRun, ScanWithRuns } from "#lib/domain/scan.ts";
import type { ScanDifference } from "#lib/domain/scan-difference.ts";
import type { ScanGate } from "#lib/domain/scan-gate.ts";
import { apiGet, apiSend } from "./api.ts";

const PATH = "/api/v1/scans";
const RUNNING_MS = 1_000;
const LISTING_MS = 3_000;

/** Whether anything may still change in a run. */
export function isUnderWay({ state }: Pick<ScanRun, "state">): boolean {
  return state !== "succeeded" && state !== "failed" && state !== "cancelled";
}

type RunNames = { name: string; runId: string };
const pathOf = (name: string) => `${PATH}/${encodeURIComponent(name)}`;

/** The first 200 scans by name that have `q` in it; asked again while one of them runs. */
export const scansQuery = (q = "") =>
  queryOptions({
    queryKey: ["scans", { q }],
    queryFn: ({ signal }) =>
      apiGet<ScanPage>(PATH, new URLSearchParams({ limit: "200", ...(q !== "" && { q }) }), signal),
    refetchInterval: (query) =>
      query.state.data?.items.some(({ latestRun }) => latestRun && isUnderWay(latestRun)) ? LISTING_MS : false,
  });

/** One run, asked again until it has ended. */
export const scanRunQuery = (name: string, runId: string) =>
  queryOptions({
    queryKey: ["scans", name, runId],
    queryFn: ({ signal }) => apiGet<ScanRun>(`${pathOf(name)}/runs/${runId}`, new URLSearchParams(), signal),
    refetchInterval: (query) => (query.state.data && !isUnderWay(query.state.data) ? false : RUNNING_MS),
  });

/** One scan with its revisions, the newest first. */
export const scanQuery = (name: string) =>
  queryOptions({
    queryKey: ["scans", name],
    queryFn: ({ signal }) => apiGet<ScanWithRuns>(pathOf(name), new URLSearchParams(), signal),
  });

/** What exactly a run changed. It ended: later revisions alter only what became of each finding. */
export const scanDifferenceQuery = ({ name, runId }: RunNames) =>
  queryOptions({
    queryKey: ["scans", name, runId, "difference"],
    queryFn: ({ signal }) =>
      apiGet<ScanDifference>(`${pathOf(name)}/runs/${runId}/difference`, new URLSearchParams(), signal),
  });

/** The gate's verdict with the rule that pipelines have unless they set their own. */
export const scanGateQuery = ({ name, runId }: RunNames) =>
  queryOptions({
    queryKey: ["scans", name, runId, "gate"],
    queryFn: ({ signal }) => apiGet<ScanGate>(`${pathOf(name)}/runs/${runId}/gate`, new URLSearchParams(), signal),
  });

/** Where a run's result lies as a file. */
export const scanFilePath = ({ name, runId }: RunNames, format: "sarif" | "json" | "csv"): string =>
  `${pathOf(name)}/runs/${runId}/findings.${format}`;

/** What was open in it closes as scope-lost. Throws ApiError. */
export const deleteScan = (name: string) => apiSend("DELETE", pathOf(name), {});

export const cancelScanRun = (run: RunNames) =>
  apiSend<ScanRun>("POST", `${pathOf(run.name)}/runs/${run.runId}/cancel`, {});

export const retryScanRun = (run: RunNames) =>
  apiSend<ScanRun>("POST", `${pathOf(run.name)}/runs/${run.runId}/retry`, {});
