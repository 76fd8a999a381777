"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { formatTotal } from "#components/ui/numbers.ts";
import { type FindingListFilter, findingsHeadQuery } from "#lib/client/findings.ts";
import { DUES, HOLD_KINDS, NOBODY } from "#lib/domain/filter-words.ts";
import { FacetLine } from "./facet-line.tsx";
import { valueWord } from "./words.ts";

type Asked = {
  title: string;
  name: "due" | "epss" | "score" | "age" | "assignee" | "suppressedBy";
  options: { value: string; label: string }[];
};

const words = (name: Asked["name"], values: readonly string[]) =>
  values.map((value) => ({ value, label: valueWord(name, value) }));

/** What no rollup counts: each value is counted as the list counts, once somebody opens the block. */
export const ASKED_FACETS: Asked[] = [
  { title: "Due", name: "due", options: words("due", DUES) },
  {
    title: "EPSS",
    name: "epss",
    options: [
      { value: "0.5..", label: "50 % or more" },
      { value: "0.1..0.5", label: "10 to 50 %" },
      { value: "..0.1", label: "10 % or less" },
    ],
  },
  {
    title: "Score",
    name: "score",
    options: [
      { value: "9..", label: "9.0 or more" },
      { value: "7..8.9", label: "7.0 to 8.9" },
      { value: "..6.9", label: "6.9 or less" },
    ],
  },
  {
    title: "Age",
    name: "age",
    options: [
      { value: "..7", label: "7 days or less" },
      { value: "8..30", label: "8 to 30 days" },
      { value: "31..90", label: "31 to 90 days" },
      { value: "91..", label: "More than 90 days" },
    ],
  },
  { title: "Assignee", name: "assignee", options: words("assignee", [NOBODY]) },
  { title: "Suppressed by", name: "suppressedBy", options: words("suppressedBy", HOLD_KINDS) },
];

const COUNTED_MS = 15_000;

type AskedFacetProps = {
  facet: Asked;
  filter: FindingListFilter;
  onToggle: (name: Asked["name"], value: string) => void;
};

export function AskedFacet({ facet, filter, onToggle }: AskedFacetProps) {
  const { title, name, options } = facet;
  const chosen: string[] = filter[name];
  const [isOpen, setIsOpen] = useState(chosen.length > 0);
  return (
    <details
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
      className="group border-b border-line pt-0.5 pb-1.5 last:border-0"
    >
      <summary className="flex h-8 items-center justify-between rounded-sm px-2 max-md:h-11">
        <h3>{title}</h3>
        <Icon name="down" className="-rotate-90 text-text-3 transition-transform group-open:rotate-0" />
      </summary>
      <ul>
        {options.map((option) => (
          <AskedLine
            key={option.value}
            option={{ ...option, name, isChosen: chosen.includes(option.value) }}
            filter={filter}
            isAsked={isOpen}
            onToggle={onToggle}
          />
        ))}
      </ul>
    </details>
  );
}

type AskedLineProps = Omit<AskedFacetProps, "facet"> & {
  option: Asked["options"][number] & { name: Asked["name"]; isChosen: boolean };
  isAsked: boolean;
};

function AskedLine({ option, filter, isAsked, onToggle }: AskedLineProps) {
  const { name, value } = option;
  const total = useQuery({
    ...findingsHeadQuery({ ...filter, [name]: [value] }, 0),
    refetchInterval: false,
    staleTime: COUNTED_MS,
    enabled: isAsked,
  }).data?.total;
  return (
    <li>
      <FacetLine
        option={{ ...option, count: total ? formatTotal(total) : "" }}
        onToggle={() => onToggle(name, value)}
      />
    </li>
  );
}
