import { BatchGetCodeSnippetCommand, type CodeSnippetResult, type Inspector2Client } from "@aws-sdk/client-inspector2";
import type { ObservedSnippet } from "../source.ts";
import { inTens } from "./in-tens.ts";
import { toSourceError } from "./to-source-error.ts";

/**
 * The code around findings and the fixes that are suggested, for those that Inspector has any of: an administrator
 * does not see its members' code. Throws SourceError.
 * https://docs.aws.amazon.com/inspector/v2/APIReference/API_BatchGetCodeSnippet.html
 */
export async function observeCodeSnippets(
  client: Inspector2Client,
  region: string,
  findingArns: string[],
  signal: AbortSignal,
): Promise<ObservedSnippet[]> {
  const snippets: ObservedSnippet[] = [];
  for (const arns of inTens(findingArns)) {
    try {
      const answer = await client.send(new BatchGetCodeSnippetCommand({ findingArns: arns }), { abortSignal: signal });
      snippets.push(...(answer.codeSnippetResults ?? []).flatMap(toObservedSnippet));
    } catch (error) {
      throw toSourceError(error, { action: "inspector2:BatchGetCodeSnippet", region });
    }
  }
  return snippets;
}

function toObservedSnippet(result: CodeSnippetResult): ObservedSnippet[] {
  if (result.findingArn === undefined) return [];
  return [
    {
      sourceId: result.findingArn,
      lines: (result.codeSnippet ?? []).map((line) => ({ number: line.lineNumber ?? 0, content: line.content ?? "" })),
      suggestedFixes: (result.suggestedFixes ?? []).map((fix) => ({
        description: fix.description ?? "",
        code: fix.code ?? "",
      })),
    },
  ];
}
