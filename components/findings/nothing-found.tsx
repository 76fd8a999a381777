"use client";
import { useQueries } from "@tanstack/react-query";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { EmptyNotice } from "#components/ui/notice.tsx";
import { formatTotal } from "#components/ui/numbers.ts";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import { type FindingListFilter, findingsHeadQuery } from "#lib/client/findings.ts";
import type { ConditionKey } from "#lib/domain/finding-query.ts";
import type { ChipWords } from "./chips.ts";
import { readFindingsAddress } from "./findings-address.ts";
import type { useFindingsAddress } from "./use-findings-address.ts";

const TRIED = 5;

type Condition = { name: ConditionKey; words: string };
type NothingFoundProps = { chips: ChipWords[]; address: ReturnType<typeof useFindingsAddress> };

/** Says which filter leaves nothing over, and takes it away. */
export function NothingFound({ chips, address }: NothingFoundProps) {
  const { filter } = address;
  const conditions: Condition[] = [
    ...(filter.q ? [{ name: "q" as const, words: `Text has ${visibleText(filter.q.slice(0, 40))}` }] : []),
    ...chips.map(({ name, label, operator, value }) => ({
      name,
      words: `${label} ${operator} ${visibleText(value.slice(0, 40))}`,
    })),
  ];
  const tried = conditions.slice(0, TRIED);
  const answers = useQueries({
    queries: tried.map(({ name }) => ({
      ...findingsHeadQuery(without(filter, name), 0),
      refetchInterval: false as const,
    })),
  });
  const helpful = tried
    .map((condition, index) => ({ ...condition, total: answers[index]?.data?.total }))
    .filter(({ total }) => total !== undefined && total.count > 0);
  if (conditions.length <= 1 && helpful.length === 0) return <NothingAtAll />;
  return (
    <EmptyNotice
      icon="filter"
      title={
        conditions.length === 1
          ? "No finding matches this filter"
          : `No finding matches all ${conditions.length} filters`
      }
      text={helpful.map(({ name, words, total }) => (
        <span key={name} className="block wrap-anywhere">
          Without <b className="font-medium">{words}</b> there are {total ? formatTotal(total) : 0}.
        </span>
      ))}
    >
      {helpful.slice(0, 1).map(({ name, words }) => (
        <Button key={name} onClick={() => (name === "q" ? address.setText("") : address.setCondition(name, []))}>
          Remove “{words}”
        </Button>
      ))}
      <Button look="ghost" onClick={address.clear}>
        Clear all filters
      </Button>
    </EmptyNotice>
  );
}

/** The same list without one of its conditions. No status would mean active, so it is every one. */
function without(filter: FindingListFilter, name: ConditionKey): FindingListFilter {
  const every = readFindingsAddress({ status: "active,suppressed,closed" }).filter;
  return { ...filter, [name]: every[name] };
}

function NothingAtAll() {
  return (
    <EmptyNotice
      icon="check"
      title="No finding is here"
      text="Either nothing is open, or nothing has been read yet. The top bar says as of when, and Settings which sources are connected."
    >
      <ButtonLink href="/settings/sources">See the sources</ButtonLink>
    </EmptyNotice>
  );
}
