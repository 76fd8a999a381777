import { queryOptions } from "@tanstack/react-query";
import type { Sample } from "#lib/domain/sample.ts";
import { apiGet } from "./api.ts";

const MOVING_MS = 3_000;
const STILL_MS = 60_000;

/** How often what depends on the sample should be asked again: often while its year is replayed or removed. */
export const sampleIntervalMs = (sample: Sample | undefined): number =>
  sample?.state === "replaying" || sample?.state === "removing" ? MOVING_MS : STILL_MS;

/** The sample organisation: whether it is there and how far it has come. */
export const sampleQuery = () =>
  queryOptions({
    queryKey: ["sample"],
    queryFn: ({ signal }) => apiGet<Sample>("/api/v1/sample", new URLSearchParams(), signal),
    refetchInterval: (query) => sampleIntervalMs(query.state.data),
  });
