"use client";
import { useCallback, useMemo } from "react";
import { useAddress } from "#components/ui/address.ts";
import { CONDITION_NAMES, isList } from "#lib/domain/finding-conditions.ts";
import type { FindingSort } from "#lib/domain/finding-filter.ts";
import type { GroupKey } from "#lib/domain/finding-groups.ts";
import type { ConditionKey, QueryCondition } from "#lib/domain/finding-query.ts";
import type { ListColumn } from "#lib/domain/list-column-words.ts";
import { ADDRESS_NAMES, readFindingsAddress, writeCondition } from "./findings-address.ts";

/** The address as state: what it asks for, and the ways to change it. Each change is a step that "back" undoes. */
export function useFindingsAddress() {
  const [written, write] = useAddress(ADDRESS_NAMES);
  const address = useMemo(() => readFindingsAddress(written), [written]);
  const { filter } = address;
  // The same function for good: every row has it. The panel follows j and k: only opening and closing are steps.
  const setOpen = useCallback(
    (id: string | null) =>
      write({ open: id }, id !== null && new URLSearchParams(location.search).has("open") ? "replace" : "push"),
    [write],
  );
  // The same while the filter is: the facets draw anew only with it.
  const toggle = useCallback(
    (name: ConditionKey, value: string) => {
      const chosen: string[] = [filter[name] ?? []].flat();
      const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
      return write({ [name]: writeCondition(name, next) });
    },
    [filter, write],
  );
  return {
    ...address,
    setCondition: (name: ConditionKey, values: string[]) => write({ [name]: writeCondition(name, values) }),
    toggle,
    // What is typed joins what a field has already, unless it was taken out of its chip to be changed.
    setConditions: (conditions: QueryCondition[], replaced: ConditionKey | null) => {
      const next = new Map<ConditionKey, string[]>(replaced === null ? [] : [[replaced, []]]);
      for (const { name, values } of conditions) {
        const present: string[] = next.get(name) ?? (isList(name) ? filter[name] : []);
        next.set(name, isList(name) ? [...new Set([...present, ...values])] : values.slice(-1));
      }
      return write(Object.fromEntries([...next].map(([name, values]) => [name, writeCondition(name, values)])));
    },
    setBy: (by: GroupKey | null) => write({ by }),
    // What is shown of each finding is no step of its own: "back" goes to another list.
    setColumns: (columns: ListColumn[] | null) => write({ columns: columns?.join() ?? null }, "replace"),
    setSort: (sort: FindingSort) => write({ sort: sort === "rank" ? null : sort }),
    // While a word is being typed, each letter is no step of its own.
    setText: (q: string) => write({ q: q.trim() || null }, "replace"),
    setOpen,
    clear: () =>
      write({ ...Object.fromEntries(CONDITION_NAMES.map((name) => [name, null])), view: null, status: "active" }),
  };
}
