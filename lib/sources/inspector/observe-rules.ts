import { type Filter, type Inspector2Client, ListFiltersCommand } from "@aws-sdk/client-inspector2";
import { type ObservedRule, observedRuleSchema } from "#lib/domain/source-rule.ts";
import type { SourcePass } from "../source.ts";
import { EACH_ATTEMPT, observePages, throttleCounter } from "./observe-pages.ts";

/** The most that ListFilters gives a page. */
const PAGE_SIZE = 100;
const LONGEST_CRITERIA = 4_000;

/**
 * Inspector's own suppression rules: its filters with the action SUPPRESS. What cannot be read of one is left out.
 * https://docs.aws.amazon.com/inspector/v2/APIReference/API_ListFilters.html
 */
export async function* observeRules(
  client: Inspector2Client,
  region: string,
  pass: SourcePass,
): AsyncGenerator<ObservedRule[]> {
  const pages = observePages(
    async (nextToken) => {
      const command = new ListFiltersCommand({ action: "SUPPRESS", maxResults: PAGE_SIZE, nextToken });
      command.middlewareStack.add(throttleCounter(pass.onThrottle), EACH_ATTEMPT);
      const answer = await client.send(command, { abortSignal: pass.signal });
      return { items: answer.filters ?? [], nextToken: answer.nextToken };
    },
    { action: "inspector2:ListFilters", region },
    pass.signal,
  );
  for await (const page of pages) yield page.flatMap(toObservedRule);
}

function toObservedRule(filter: Filter): ObservedRule[] {
  const { data } = observedRuleSchema.safeParse({
    arn: filter.arn,
    accountId: filter.ownerId,
    name: filter.name,
    criteria: toWords(filter.criteria ?? {}),
    reason: filter.reason ?? null,
    description: filter.description ?? null,
    createdAt: filter.createdAt,
    updatedAt: filter.updatedAt,
  });
  return data ? [data] : [];
}

const SIGNS: Record<string, string> = { EQUALS: "=", NOT_EQUALS: "≠", PREFIX: "starts with" };

/** `severity = LOW or MEDIUM; title starts with CVE-2025`: filters of one name are alternatives, names add up. */
function toWords(criteria: object): string {
  return Object.entries(criteria)
    .filter(([, filters]) => Array.isArray(filters))
    .map(([name, filters]: [string, unknown[]]) => `${name} ${filters.map(toFilterWords).join(" or ")}`)
    .join("; ")
    .slice(0, LONGEST_CRITERIA);
}

function toFilterWords(filter: unknown): string {
  if (typeof filter === "object" && filter !== null && "comparison" in filter && "value" in filter) {
    const { comparison, value } = filter;
    return `${SIGNS[String(comparison)] ?? String(comparison).toLowerCase()} ${value}`;
  }
  return JSON.stringify(filter);
}
