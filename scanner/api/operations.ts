import type { Operation } from "./operation.ts";
import { getAccountConfiguration, updateAccountConfiguration } from "./operations/account-configuration.ts";
import { batchGetFindings } from "./operations/batch-get-findings.ts";
import { cancelScan } from "./operations/cancel-scan.ts";
import { createScan } from "./operations/create-scan.ts";
import { createUploadUrl } from "./operations/create-upload-url.ts";
import { getFindings } from "./operations/get-findings.ts";
import { getScan } from "./operations/get-scan.ts";
import { listScans } from "./operations/list-scans.ts";
import { getMetricsSummary, listFindingsMetrics } from "./operations/metrics.ts";
import { listTagsForResource, tagResource, untagResource } from "./operations/tags.ts";

/** Everything the service can be asked. */
export const OPERATIONS: Operation[] = [
  batchGetFindings,
  cancelScan,
  createScan,
  createUploadUrl,
  getAccountConfiguration,
  getFindings,
  getMetricsSummary,
  getScan,
  listFindingsMetrics,
  listScans,
  listTagsForResource,
  tagResource,
  untagResource,
  updateAccountConfiguration,
];
