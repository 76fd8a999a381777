import {
  type Inspector2Client,
  type Finding as InspectorFinding,
  ListCoverageCommand,
  ListFindingsCommand,
} from "@aws-sdk/client-inspector2";
import { ZodError } from "zod";
import type { ObservedFinding } from "#lib/domain/observed-finding.ts";
import { type Source, SourceError, type SourcePass } from "../source.ts";
import { knownExploits } from "./known-exploits.ts";
import { toListFindingsInput } from "./list-findings-input.ts";
import { toObservedCoverage } from "./map-coverage.ts";
import { toObservedFinding } from "./map-finding.ts";
import { observeCodeSnippets } from "./observe-code-snippets.ts";
import { EACH_ATTEMPT, observePages, throttleCounter } from "./observe-pages.ts";
import { observeRules } from "./observe-rules.ts";

/** The most that ListCoverage gives a page. */
const COVERAGE_PAGE_SIZE = 200;

/** Amazon Inspector as one connection (credentials × region) sees it: one account, or all members' of an administrator. */
export function inspectorSource(client: Inspector2Client, region: string): Source {
  return {
    name: "inspector",
    async *observeFindings({ since, ...pass }) {
      const unreadable: Unreadable[] = [];
      const exploits = knownExploits(client, region, pass);
      for await (const page of listFindings(client, region, since, pass)) {
        const exploitedAt = await exploits.observe(page);
        yield page.flatMap((finding) => readFinding(finding, exploitedAt(finding), unreadable));
      }
      // Only now: the rest is worth having, but a pass that could not read all is not whole.
      if (unreadable.length > 0) throw toUnreadableError(unreadable, region);
    },
    async *observeCoverage(pass) {
      for await (const page of listCoverage(client, region, pass)) {
        yield page.map((covered) => toObservedCoverage(covered, region));
      }
    },
    observeRules: (pass) => observeRules(client, region, pass),
    observeSnippets: (sourceIds, signal) => observeCodeSnippets(client, region, sourceIds, signal),
  };
}

/** https://docs.aws.amazon.com/inspector/v2/APIReference/API_ListFindings.html */
function listFindings(client: Inspector2Client, region: string, since: Date | null, pass: SourcePass) {
  const input = toListFindingsInput(since);
  return observePages(
    async (nextToken) => {
      const command = new ListFindingsCommand({ ...input, nextToken });
      command.middlewareStack.add(throttleCounter(pass.onThrottle), EACH_ATTEMPT);
      const answer = await client.send(command, { abortSignal: pass.signal });
      return { items: answer.findings ?? [], nextToken: answer.nextToken };
    },
    { action: "inspector2:ListFindings", region },
    pass.signal,
  );
}

/** https://docs.aws.amazon.com/inspector/v2/APIReference/API_ListCoverage.html */
function listCoverage(client: Inspector2Client, region: string, pass: SourcePass) {
  return observePages(
    async (nextToken) => {
      const command = new ListCoverageCommand({ maxResults: COVERAGE_PAGE_SIZE, nextToken });
      command.middlewareStack.add(throttleCounter(pass.onThrottle), EACH_ATTEMPT);
      const answer = await client.send(command, { abortSignal: pass.signal });
      return { items: answer.coveredResources ?? [], nextToken: answer.nextToken };
    },
    { action: "inspector2:ListCoverage", region },
    pass.signal,
  );
}

type Unreadable = { arn: string; fault: string };

function readFinding(finding: InspectorFinding, exploitedAt: Date | null, unreadable: Unreadable[]): ObservedFinding[] {
  try {
    return [toObservedFinding(finding, exploitedAt)];
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    const [issue] = error.issues;
    unreadable.push({
      arn: finding.findingArn ?? "a finding without ARN",
      fault: `${issue?.path.join(".")}: ${issue?.message}`,
    });
    return [];
  }
}

function toUnreadableError(unreadable: Unreadable[], region: string): SourceError {
  const named = unreadable.slice(0, 3).map(({ arn, fault }) => `${arn} (${fault})`);
  const more = unreadable.length > named.length ? ` and ${unreadable.length - named.length} more` : "";
  return new SourceError({
    code: "bad-answer",
    message: `${unreadable.length} findings in ${region} could not be read and were skipped: ${named.join(", ")}${more}.`,
    permission: null,
  });
}
