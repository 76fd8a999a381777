import type { Severity, Vulnerability } from "../vulnerability.ts";
import type { Region } from "./accounts.ts";
import type { Life } from "./life.ts";

export type FindingType = "PACKAGE_VULNERABILITY" | "NETWORK_REACHABILITY" | "CODE_VULNERABILITY";
export type ResourceType =
  | "AWS_EC2_INSTANCE"
  | "AWS_ECR_CONTAINER_IMAGE"
  | "AWS_LAMBDA_FUNCTION"
  | "CODE_REPOSITORY"
  | "Microsoft.Compute/virtualMachines"
  | "Microsoft.ContainerRegistry/registry/containerImage";

export type ScanType = "PACKAGE" | "NETWORK" | "CODE";

/** Something that Inspector examines, from the day it appears until it is gone. */
export type Resource = {
  accountId: string;
  region: Region;
  type: ResourceType;
  id: string;
  bornAt: number;
  goneAt: number;
  /** From when on Inspector no longer scans it although it exists, and why. */
  unscanned: Unscanned | null;
  scanTypes: readonly ScanType[];
  /** The `Resource` of the API. */
  body: object;
  /** The members of the API's `CoveredResource` that are this resource's own. */
  coverage: object;
};

/** Findings of what has expired are closed; of what is only out of sight they stay as they are. */
export type Unscanned = { from: number; reason: string; closesFindings: boolean };

/** How a problem is judged from `at` on, until the next assessment. */
export type Assessment = {
  at: number;
  severity: Severity;
  vector: string | null;
  score: number | null;
  epssScore: number | null;
  exploitAvailable: boolean;
};

/** What is wrong, apart from where: shared by all the findings that report it. */
export type Problem = {
  key: string;
  type: FindingType;
  vulnerability: Vulnerability | null;
  fixAvailable: "YES" | "NO" | "PARTIAL" | null;
  /** Never empty, in order of time; the first is valid from the beginning. */
  assessments: readonly [Assessment, ...Assessment[]];
  /** The members of the API's `Finding` that follow from the problem, as it is judged then. */
  describe(assessment: Assessment): object;
  snippet: Snippet | null;
};

export type Snippet = {
  startLine: number;
  endLine: number;
  lines: { lineNumber: number; content: string }[];
  fix: { description: string; code: string } | null;
};

export type Finding = {
  arn: string;
  resource: Resource;
  problem: Problem;
  life: Life;
};
