import { createPaginator } from "@smithy/core";
import { CodeGuruSecurityClient } from "./codeguru-client.ts";
import { GetFindingsCommand, ListFindingsMetricsCommand, ListScansCommand } from "./commands.ts";
import type * as shapes from "./shapes.ts";

/** `pageSize` is what the service is asked for; it may send less. */
type Paginate<Input, Output> = (
  config: { client: CodeGuruSecurityClient; pageSize?: number },
  input: Input,
  options?: { abortSignal?: AbortSignal },
) => AsyncIterable<Output>;

/** Every page of a scan's findings; up to 1,000 a page. Throws what the client throws. */
export const paginateGetFindings: Paginate<shapes.GetFindingsRequest, shapes.GetFindingsResponse> = createPaginator(
  CodeGuruSecurityClient,
  GetFindingsCommand,
  "nextToken",
  "nextToken",
  "maxResults",
);

/** Every page of scans, Express ones left out; up to 100 a page. */
export const paginateListScans: Paginate<shapes.ListScansRequest, shapes.ListScansResponse> = createPaginator(
  CodeGuruSecurityClient,
  ListScansCommand,
  "nextToken",
  "nextToken",
  "maxResults",
);

/** Every page of day metrics; up to 1,000 a page. */
export const paginateListFindingsMetrics: Paginate<
  shapes.ListFindingsMetricsRequest,
  shapes.ListFindingsMetricsResponse
> = createPaginator(CodeGuruSecurityClient, ListFindingsMetricsCommand, "nextToken", "nextToken", "maxResults");
