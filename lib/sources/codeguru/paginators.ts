import { createPaginator } from "@smithy/core";
import { CodeGuruSecurityClient } from "./codeguru-client.ts";
import { GetFindingsCommand, ListFindingsMetricsCommand, ListScansCommand } from "./commands.ts";

/** Every page of a scan's findings; up to 1,000 a page. Throws what the client throws. */
export const paginateGetFindings = createPaginator(
  CodeGuruSecurityClient,
  GetFindingsCommand,
  "nextToken",
  "nextToken",
  "maxResults",
);

/** Every page of scans, Express ones left out; up to 100 a page. */
export const paginateListScans = createPaginator(
  CodeGuruSecurityClient,
  ListScansCommand,
  "nextToken",
  "nextToken",
  "maxResults",
);

/** Every page of day metrics; up to 1,000 a page. */
export const paginateListFindingsMetrics = createPaginator(
  CodeGuruSecurityClient,
  ListFindingsMetricsCommand,
  "nextToken",
  "nextToken",
  "maxResults",
);
