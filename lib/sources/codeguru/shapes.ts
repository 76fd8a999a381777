/**
 * What goes over the wire of CodeGuru Security, API version 2018-05-10. Members are optional exactly where its model
 * says so; `xSightline` is what our own scanner adds and no other endpoint sends.
 */
export type AnalysisType = "Security" | "All";
export type FindingSeverity = "Critical" | "High" | "Medium" | "Low" | "Info";
export type FindingStatus = "Open" | "Closed";
export type ScanState = "InProgress" | "Successful" | "Failed";
export type ScanType = "Standard" | "Express";
export type ValidationExceptionField = { name: string; message: string };

export type CodeLine = { number?: number; content?: string };
export type FilePath = {
  name?: string;
  path?: string;
  startLine?: number;
  endLine?: number;
  codeSnippet?: CodeLine[];
};
export type Vulnerability = {
  referenceUrls?: string[];
  relatedVulnerabilities?: string[];
  id?: string;
  filePath?: FilePath;
};
export type Remediation = {
  recommendation?: { text?: string; url?: string };
  suggestedFixes?: { description?: string; code?: string }[];
};

/** One station of the taint path. */
export type FindingStep = { path?: string; line?: number; label?: string; content?: string };
export type FindingExtension = { steps?: FindingStep[]; firstRunId?: string; closedRunId?: string };

export type Finding = {
  createdAt?: Date;
  updatedAt?: Date;
  description?: string;
  generatorId?: string;
  id?: string;
  type?: string;
  status?: FindingStatus;
  resource?: { id?: string; subResourceId?: string };
  vulnerability?: Vulnerability;
  severity?: FindingSeverity;
  remediation?: Remediation;
  title?: string;
  detectorTags?: string[];
  detectorId?: string;
  detectorName?: string;
  ruleId?: string;
  xSightline?: FindingExtension;
};

export type SkippedFile = { path?: string; reason?: string; detail?: string };
export type ScanExtension = {
  /** `queued`, `reading`, `parsing`, `analysing`, `finished`. */
  stage?: string;
  done?: number;
  total?: number;
  /** Files that were not analysed, or not to their end; the most telling first, at most 1,000 of `skippedFileCount`. */
  skippedFiles?: SkippedFile[];
  skippedFileCount?: number;
  /** Why the run failed, as one of a closed set of words. */
  errorCode?: string;
};

export type SeverityValues = { info?: number; low?: number; medium?: number; high?: number; critical?: number };
export type ScanCount = { scanName?: string; findingNumber?: number };
export type MetricsSummary = {
  date?: Date;
  openFindings?: SeverityValues;
  categoriesWithMostFindings?: { categoryName?: string; findingNumber?: number }[];
  scansWithMostOpenFindings?: ScanCount[];
  scansWithMostOpenCriticalFindings?: ScanCount[];
};
export type AccountFindingsMetric = {
  date?: Date;
  newFindings?: SeverityValues;
  closedFindings?: SeverityValues;
  openFindings?: SeverityValues;
  meanTimeToClose?: SeverityValues; // days
};
export type ScanSummary = {
  scanState: ScanState;
  createdAt: Date;
  updatedAt?: Date;
  scanName: string;
  runId: string;
  scanNameArn?: string;
};

export type ResourceId = { codeArtifactId: string };
export type EncryptionConfig = { kmsKeyArn?: string };
export type FindingIdentifier = { scanName: string; findingId: string };
export type BatchGetFindingsError = FindingIdentifier & { errorCode: string; message: string };
type Page = { nextToken?: string; maxResults?: number };

export type BatchGetFindingsRequest = { findingIdentifiers: FindingIdentifier[] };
export type BatchGetFindingsResponse = { findings: Finding[]; failedFindings: BatchGetFindingsError[] };
export type CancelScanRequest = { scanName: string; runId: string };
export type CancelScanResponse = { scanName: string; runId: string; scanState: ScanState };
export type CreateScanRequest = {
  resourceId: ResourceId;
  scanName: string;
  clientToken?: string;
  scanType?: ScanType;
  analysisType?: AnalysisType;
  tags?: Record<string, string>;
};
export type CreateScanResponse = {
  scanName: string;
  runId: string;
  resourceId: ResourceId;
  scanState: ScanState;
  scanNameArn?: string;
};
export type CreateUploadUrlRequest = { scanName: string };
export type CreateUploadUrlResponse = {
  s3Url: string;
  requestHeaders: Record<string, string>;
  codeArtifactId: string;
};
export type GetAccountConfigurationRequest = Record<never, never>;
export type AccountConfigurationResponse = { encryptionConfig: EncryptionConfig };
export type UpdateAccountConfigurationRequest = { encryptionConfig: EncryptionConfig };
export type GetFindingsRequest = Page & { scanName: string; status?: FindingStatus | "All" };
export type GetFindingsResponse = { findings?: Finding[]; nextToken?: string };
export type GetMetricsSummaryRequest = { date: Date };
export type GetMetricsSummaryResponse = { metricsSummary?: MetricsSummary };
export type GetScanRequest = { scanName: string; runId?: string };
export type GetScanResponse = {
  scanName: string;
  runId: string;
  scanState: ScanState;
  createdAt: Date;
  analysisType: AnalysisType;
  updatedAt?: Date;
  numberOfRevisions?: number;
  scanNameArn?: string;
  errorMessage?: string;
  xSightline?: ScanExtension;
};
export type ListFindingsMetricsRequest = Page & { startDate: Date; endDate: Date };
export type ListFindingsMetricsResponse = { findingsMetrics?: AccountFindingsMetric[]; nextToken?: string };
export type ListScansRequest = Page;
export type ListScansResponse = { summaries?: ScanSummary[]; nextToken?: string };
export type ListTagsForResourceRequest = { resourceArn: string };
export type ListTagsForResourceResponse = { tags?: Record<string, string> };
export type TagResourceRequest = { resourceArn: string; tags: Record<string, string> };
export type UntagResourceRequest = { resourceArn: string; tagKeys: string[] };
export type EmptyResponse = Record<never, never>;
