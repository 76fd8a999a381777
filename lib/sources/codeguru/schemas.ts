import {
  idempotencyToken,
  inPath,
  inQuery,
  list,
  NUMBER,
  named,
  operation,
  sensitive,
  structure,
  TEXT,
  TEXT_MAP,
  TEXTS,
  TIMESTAMP,
  union,
} from "./schema-builders.ts";

const codeLine = structure("CodeLine", { number: NUMBER, content: TEXT });
const filePath = structure("FilePath", {
  name: TEXT,
  path: TEXT,
  startLine: NUMBER,
  endLine: NUMBER,
  codeSnippet: list("CodeSnippet", codeLine),
});
const vulnerability = structure("Vulnerability", {
  referenceUrls: TEXTS,
  relatedVulnerabilities: TEXTS,
  id: TEXT,
  filePath,
});
const remediation = structure("Remediation", {
  recommendation: structure("Recommendation", { text: TEXT, url: TEXT }),
  suggestedFixes: list("SuggestedFixes", structure("SuggestedFix", { description: TEXT, code: TEXT })),
});
const findingStep = structure("FindingStep", { path: TEXT, line: NUMBER, label: TEXT, content: TEXT });
const findingExtension = structure("FindingExtension", {
  steps: list("FindingSteps", findingStep),
  firstRunId: TEXT,
  closedRunId: TEXT,
});
const finding = structure("Finding", {
  createdAt: TIMESTAMP,
  updatedAt: TIMESTAMP,
  description: TEXT,
  generatorId: TEXT,
  id: TEXT,
  type: TEXT,
  status: TEXT,
  resource: structure("Resource", { id: TEXT, subResourceId: TEXT }),
  vulnerability,
  severity: TEXT,
  remediation,
  title: TEXT,
  detectorTags: TEXTS,
  detectorId: TEXT,
  detectorName: TEXT,
  ruleId: TEXT,
  xSightline: named("x-sightline", findingExtension),
});
const findings = list("Findings", finding);

const scanExtension = structure("ScanExtension", {
  stage: TEXT,
  done: NUMBER,
  total: NUMBER,
  skippedFiles: list("SkippedFiles", structure("SkippedFile", { path: TEXT, reason: TEXT, detail: TEXT })),
  skippedFileCount: NUMBER,
  errorCode: TEXT,
});
const scanSummary = structure(
  "ScanSummary",
  { scanState: TEXT, createdAt: TIMESTAMP, scanName: TEXT, runId: TEXT, updatedAt: TIMESTAMP, scanNameArn: TEXT },
  4,
);

const severityValues = structure("FindingMetricsValuePerSeverity", {
  info: NUMBER,
  low: NUMBER,
  medium: NUMBER,
  high: NUMBER,
  critical: NUMBER,
});
const scanCount = structure("ScanNameWithFindingNum", { scanName: TEXT, findingNumber: NUMBER });
const metricsSummary = structure("MetricsSummary", {
  date: TIMESTAMP,
  openFindings: severityValues,
  categoriesWithMostFindings: list(
    "CategoriesWithMostFindings",
    structure("CategoryWithFindingNum", { categoryName: TEXT, findingNumber: NUMBER }),
  ),
  scansWithMostOpenFindings: list("ScansWithMostOpenFindings", scanCount),
  scansWithMostOpenCriticalFindings: list("ScansWithMostOpenCriticalFindings", scanCount),
});
const findingsMetric = structure("AccountFindingsMetric", {
  date: TIMESTAMP,
  newFindings: severityValues,
  closedFindings: severityValues,
  openFindings: severityValues,
  meanTimeToClose: severityValues,
});

const resourceId = union("ResourceId", { codeArtifactId: TEXT });
const encryptionConfig = structure("EncryptionConfig", { kmsKeyArn: TEXT });
const identifier = { scanName: TEXT, findingId: TEXT };
const batchError = structure("BatchGetFindingsError", { ...identifier, errorCode: TEXT, message: TEXT }, 4);
const page = { nextToken: inQuery("nextToken"), maxResults: inQuery("maxResults", NUMBER) };
const oneRun = { scanName: inPath, runId: inQuery("runId") };

export const batchGetFindingsSchema = operation(
  "BatchGetFindings",
  ["POST", "/batchGetFindings", 200],
  structure(
    "BatchGetFindingsRequest",
    { findingIdentifiers: list("FindingIdentifiers", structure("FindingIdentifier", identifier, 2)) },
    1,
  ),
  structure("BatchGetFindingsResponse", { findings, failedFindings: list("BatchGetFindingsErrors", batchError) }, 2),
);
/** Not AWS's: only our own scanner can cancel. */
export const cancelScanSchema = operation(
  "CancelScan",
  ["DELETE", "/scans/{scanName}", 200],
  structure("CancelScanRequest", oneRun, 1),
  structure("CancelScanResponse", { scanName: TEXT, runId: TEXT, scanState: TEXT }, 3),
);
export const createScanSchema = operation(
  "CreateScan",
  ["POST", "/scans", 200],
  structure(
    "CreateScanRequest",
    {
      resourceId,
      scanName: TEXT,
      clientToken: idempotencyToken,
      scanType: TEXT,
      analysisType: TEXT,
      tags: TEXT_MAP,
    },
    2,
  ),
  structure("CreateScanResponse", { scanName: TEXT, runId: TEXT, resourceId, scanState: TEXT, scanNameArn: TEXT }, 4),
);
export const createUploadUrlSchema = operation(
  "CreateUploadUrl",
  ["POST", "/uploadUrl", 200],
  structure("CreateUploadUrlRequest", { scanName: TEXT }, 1),
  structure(
    "CreateUploadUrlResponse",
    { s3Url: sensitive(TEXT), requestHeaders: sensitive(TEXT_MAP), codeArtifactId: TEXT },
    3,
  ),
);
export const getAccountConfigurationSchema = operation(
  "GetAccountConfiguration",
  ["GET", "/accountConfiguration/get", 200],
  structure("GetAccountConfigurationRequest", {}),
  structure("GetAccountConfigurationResponse", { encryptionConfig }, 1),
);
export const updateAccountConfigurationSchema = operation(
  "UpdateAccountConfiguration",
  ["PUT", "/updateAccountConfiguration", 200],
  structure("UpdateAccountConfigurationRequest", { encryptionConfig }, 1),
  structure("UpdateAccountConfigurationResponse", { encryptionConfig }, 1),
);
export const getFindingsSchema = operation(
  "GetFindings",
  ["GET", "/findings/{scanName}", 200],
  structure("GetFindingsRequest", { scanName: inPath, ...page, status: inQuery("status") }, 1),
  structure("GetFindingsResponse", { findings, nextToken: TEXT }),
);
export const getMetricsSummarySchema = operation(
  "GetMetricsSummary",
  ["GET", "/metrics/summary", 200],
  structure("GetMetricsSummaryRequest", { date: inQuery("date", TIMESTAMP) }, 1),
  structure("GetMetricsSummaryResponse", { metricsSummary }),
);
export const getScanSchema = operation(
  "GetScan",
  ["GET", "/scans/{scanName}", 200],
  structure("GetScanRequest", oneRun, 1),
  structure(
    "GetScanResponse",
    {
      scanName: TEXT,
      runId: TEXT,
      scanState: TEXT,
      createdAt: TIMESTAMP,
      analysisType: TEXT,
      updatedAt: TIMESTAMP,
      numberOfRevisions: NUMBER,
      scanNameArn: TEXT,
      errorMessage: TEXT,
      xSightline: named("x-sightline", scanExtension),
    },
    5,
  ),
);
export const listFindingsMetricsSchema = operation(
  "ListFindingsMetrics",
  ["GET", "/metrics/findings", 200],
  structure(
    "ListFindingsMetricsRequest",
    { startDate: inQuery("startDate", TIMESTAMP), endDate: inQuery("endDate", TIMESTAMP), ...page },
    2,
  ),
  structure("ListFindingsMetricsResponse", {
    findingsMetrics: list("FindingsMetricList", findingsMetric),
    nextToken: TEXT,
  }),
);
export const listScansSchema = operation(
  "ListScans",
  ["GET", "/scans", 200],
  structure("ListScansRequest", page),
  structure("ListScansResponse", { summaries: list("ScanSummaries", scanSummary), nextToken: TEXT }),
);
export const listTagsForResourceSchema = operation(
  "ListTagsForResource",
  ["GET", "/tags/{resourceArn}", 200],
  structure("ListTagsForResourceRequest", { resourceArn: inPath }, 1),
  structure("ListTagsForResourceResponse", { tags: TEXT_MAP }),
);
export const tagResourceSchema = operation(
  "TagResource",
  ["POST", "/tags/{resourceArn}", 204],
  structure("TagResourceRequest", { resourceArn: inPath, tags: TEXT_MAP }, 2),
  structure("TagResourceResponse", {}),
);
export const untagResourceSchema = operation(
  "UntagResource",
  ["DELETE", "/tags/{resourceArn}", 204],
  structure("UntagResourceRequest", { resourceArn: inPath, tagKeys: inQuery("tagKeys", TEXTS) }, 2),
  structure("UntagResourceResponse", {}),
);
