import { z } from "zod";
import { exploitAvailableSchema, findingStatusSchema, fixAvailableSchema } from "./finding.ts";
import { severitySchema } from "./severity.ts";

/** What is wrong, apart from where: a CVE, a detector's rule, an open port. Shared by every finding of it. */
export const observedVulnerabilitySchema = z.object({
  name: z.string().min(1).max(256), // CVE id, vendor id, detector id, or the exposed port
  kind: z.enum(["cve", "detector", "exposure"]),
  title: z.string(),
  description: z.string(),
  cwes: z.array(z.string()),
  cvss: z.array(z.object({ source: z.string(), version: z.string(), vector: z.string(), score: z.number() })),
  sourceUrl: z.string().nullable(),
  referenceUrls: z.array(z.string()),
  epss: z.number().min(0).max(1).nullable(),
  publishedAt: z.date().nullable(),
});

/** What it was found on. Its lineage outlives redeploys: an image's repository, a function's name, a fleet, a scan. */
export const observedResourceSchema = z.object({
  type: z.string().min(1).max(128),
  id: z.string().min(1).max(2048),
  name: z.string(),
  provider: z.string(),
  lineage: z.string().min(1).max(2048),
  tags: z.record(z.string(), z.string()),
  details: z.record(z.string(), z.unknown()), // the source's own words about the resource
});

export const observedPackageSchema = z.object({
  name: z.string(),
  version: z.string(),
  fixedIn: z.string().nullable(),
  manager: z.string().nullable(),
  path: z.string().nullable(),
  remediation: z.string().nullable(), // the command that the source suggests
});

export const codeLineSchema = z.object({ number: z.number().int(), content: z.string() });
export const taintStepSchema = z.object({
  label: z.enum(["source", "step", "sink"]),
  path: z.string(),
  line: z.number().int(),
  content: z.string(),
});
export const suggestedFixSchema = z.object({ description: z.string(), code: z.string() });

export const observedCodeSchema = z.object({
  path: z.string(),
  startLine: z.number().int(),
  endLine: z.number().int(),
  detectorId: z.string(),
  detectorName: z.string(),
  detectorTags: z.array(z.string()),
  ruleId: z.string().nullable(),
  snippet: z.array(codeLineSchema), // empty: fetched when a person opens the finding
  isUnavailable: z.boolean().optional(), // true once its source was asked for the snippet and had none
  steps: z.array(taintStepSchema),
  suggestedFixes: z.array(suggestedFixSchema),
});

export const observedNetworkSchema = z.object({
  protocol: z.string(),
  portBegin: z.number().int(),
  portEnd: z.number().int(),
  path: z.array(z.object({ componentId: z.string(), componentType: z.string() })),
});

/** A security problem as one source reports it, before we have stored it. */
export const observedFindingSchema = z.object({
  sourceId: z.string().min(1).max(2048), // stable per source; for AWS, the finding's ARN
  accountId: z.string().min(1).max(64),
  region: z.string().max(64),
  type: z.string().min(1).max(64),
  status: findingStatusSchema,
  suppressionReason: z.string().optional(), // why the source suppressed it, where it tells
  severity: severitySchema,
  score: z.number().min(0).max(10).nullable(),
  scoreAdjustments: z.array(z.object({ metric: z.string(), reason: z.string() })),
  title: z.string(),
  description: z.string().nullable(), // its own words, where they are not those of the vulnerability
  vulnerability: observedVulnerabilitySchema,
  resource: observedResourceSchema,
  /** What the clock hangs on: the resource's lineage; for code also the file and the code around the place. */
  lineage: z.string().min(1).max(4096),
  packages: z.array(observedPackageSchema),
  code: observedCodeSchema.nullable(),
  network: observedNetworkSchema.nullable(),
  scanName: z.string().nullable(),
  fixAvailable: fixAvailableSchema.nullable(),
  exploitAvailable: exploitAvailableSchema.nullable(),
  knownExploitedAt: z.date().nullable(), // when CISA listed its vulnerability as exploited; null = not listed
  remediation: z.object({ text: z.string(), url: z.string().nullable() }).nullable(),
  firstObservedAt: z.date(),
  lastObservedAt: z.date(),
  updatedAt: z.date(), // the source's last change: an older observation never overwrites a newer one
  raw: z.unknown(), // as the source sent it, kept compressed
});
export type ObservedFinding = z.infer<typeof observedFindingSchema>;

/** What of an observed finding is kept for its detail, beside the columns of the list. */
export const findingDetailSchema = observedFindingSchema.pick({
  description: true,
  scoreAdjustments: true,
  packages: true,
  code: true,
  network: true,
  remediation: true,
});
export type FindingDetail = z.infer<typeof findingDetailSchema>;
