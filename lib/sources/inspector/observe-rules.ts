import { type Filter, type Inspector2Client, ListFiltersCommand } from "@aws-sdk/client-inspector2";
import { type ObservedRule, observedRuleSchema } from "#lib/domain/source-rule.ts";
import type { SourcePass } from "../source.ts";
import { EACH_ATTEMPT, observePages, throttleCounter } from "./observe-pages.ts";
import { toRuleAsOurs } from "./rule-as-ours.ts";
import { criteriaWords } from "./rule-words.ts";

/** The most that ListFilters gives a page. */
const PAGE_SIZE = 100;

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
  for await (const page of pages) yield page.flatMap((filter) => toObservedRule(filter, region));
}

function toObservedRule(filter: Filter, region: string): ObservedRule[] {
  const { criteria = {}, ownerId: accountId = "" } = filter;
  const { data } = observedRuleSchema.safeParse({
    arn: filter.arn,
    accountId,
    name: filter.name,
    criteria: criteriaWords(criteria),
    asOurs: toRuleAsOurs(criteria, { region, accountId }),
    reason: filter.reason ?? null,
    description: filter.description ?? null,
    createdAt: filter.createdAt,
    updatedAt: filter.updatedAt,
  });
  return data ? [data] : [];
}
