"use client";
import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { useShortcuts } from "#components/ui/shortcuts.ts";
import { findingFacetsQuery } from "#lib/client/findings.ts";
import type { ConditionKey } from "#lib/domain/finding-query.ts";
import { QueryBar } from "./query-bar.tsx";
import { RefusedFilters } from "./refused-filters.tsx";
import { useFindingsAddress } from "./use-findings-address.ts";

/** The list's own query bar over another page of findings. What that page cannot be narrowed by (`without`) is said. */
export function FindingsAddressBar({ without }: { without: readonly ConditionKey[] }) {
  const address = useFindingsAddress();
  const facets = useQuery(findingFacetsQuery(address.filter, 0)).data;
  const searchField = useRef<HTMLInputElement>(null);
  useShortcuts({ "/": () => searchField.current?.focus() });
  const filter = { ...address.filter, status: [], "-status": [], asOf: undefined };
  const left = without.flatMap((name) => {
    const value = String(address.filter[name] ?? "");
    return value === "" || (name === "status" && value === "active") ? [] : [{ name, value }];
  });
  return (
    <>
      <QueryBar
        filter={filter}
        facets={facets}
        fieldRef={searchField}
        onRemove={(name) => address.setCondition(name, [])}
        onText={address.setText}
        onConditions={address.setConditions}
      />
      <RefusedFilters refused={[...address.refused, ...left]} />
    </>
  );
}
