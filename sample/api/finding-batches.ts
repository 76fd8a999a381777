import { z } from "zod";
import { DAY, toEpochSeconds } from "../organisation/time.ts";
import { type Operation, parseInput, type Scene } from "./operation.ts";
import type { SeenFinding } from "./seen-finding.ts";

const FINDING_ARN = /^arn:aws:inspector2:[a-z]{2}-[a-z]+-\d:\d{12}:finding\/[a-f0-9]{32}$/;
const inputSchema = z.strictObject({ findingArns: z.array(z.string().regex(FINDING_ARN)).min(1).max(10) });

/** BatchGetCodeSnippet: the lines around code findings, and how to repair them where a fix is known. */
export const batchGetCodeSnippet: Operation = (input, scene) => {
  const { found, missing } = lookUp(input, scene, ({ finding }) => finding.problem.snippet);
  return JSON.stringify({
    codeSnippetResults: found.map(([{ finding }, { startLine, endLine, lines, fix }]) => ({
      findingArn: finding.arn,
      startLine,
      endLine,
      codeSnippet: lines,
      suggestedFixes: fix ? [fix] : undefined,
    })),
    errors: missing.map((findingArn) => ({
      findingArn,
      errorCode: "CODE_SNIPPET_NOT_FOUND",
      errorMessage: "No code snippet was found for this finding",
    })),
  });
};

/** BatchGetFindingDetails: what is known of a package finding's vulnerability beyond the finding itself. */
export const batchGetFindingDetails: Operation = (input, scene) => {
  const { found, missing } = lookUp(input, scene, ({ finding }) => finding.problem.vulnerability);
  return JSON.stringify({
    findingDetails: found.map(([seen, vulnerability]) => ({
      findingArn: seen.finding.arn,
      cwes: vulnerability.cwes,
      epssScore: seen.assessment.epssScore,
      referenceUrls: [
        `https://nvd.nist.gov/vuln/detail/${vulnerability.id}`,
        `https://www.cve.org/CVERecord?id=${vulnerability.id}`,
      ],
      riskScore: riskScoreOf(seen),
      cisaData: cisaDataOf(vulnerability.knownExploitedOn, scene.instant),
    })),
    errors: missing.map((findingArn) => ({
      findingArn,
      errorCode: "FINDING_DETAILS_NOT_FOUND",
      errorMessage: "No details were found for this finding",
    })),
  });
};

/** Splits the asked ARNs, each once, into those of this region that have what `detailOf` reads and the others. */
function lookUp<T>(input: unknown, scene: Scene, detailOf: (seen: SeenFinding) => T | null) {
  const found: [SeenFinding, T][] = [];
  const missing: string[] = [];
  for (const arn of new Set(parseInput(inputSchema, input).findingArns)) {
    const seen = scene.views.finding(arn, scene.instant);
    const detail = seen?.finding.resource.region === scene.region ? detailOf(seen) : null;
    if (seen && detail !== null) found.push([seen, detail]);
    else missing.push(arn);
  }
  return { found, missing };
}

/** 0 to 100: the severity, raised by what is known of attacks. */
function riskScoreOf({ assessment }: SeenFinding): number {
  const attacks = (assessment.epssScore ?? 0) * 20 + (assessment.exploitAvailable ? 10 : 0);
  return Math.min(100, Math.round((assessment.score ?? 0) * 7 + attacks));
}

/** The entry in CISA's catalogue, once it is there. Three weeks are the usual time to act. */
function cisaDataOf(knownExploitedOn: string | null, instant: number): object | undefined {
  const addedAt = knownExploitedOn === null ? Number.POSITIVE_INFINITY : Date.parse(knownExploitedOn);
  if (addedAt > instant) return undefined;
  return {
    dateAdded: toEpochSeconds(addedAt),
    dateDue: toEpochSeconds(addedAt + 21 * DAY),
    action: "Apply the vendor's update, or stop using the product where there is none.",
  };
}
