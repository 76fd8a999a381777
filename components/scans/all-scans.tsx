"use client";
import { parseAsString, useQueryState } from "nuqs";
import { useCallback } from "react";
import { Block } from "#components/ui/block.tsx";
import { ScanFilterField } from "./scan-filter-field.tsx";
import { type Deleter, ScansTable } from "./scans-table.tsx";

/** The list of scans with its filter, which stands in the address. */
export function AllScans({ deleter }: { deleter: Deleter }) {
  const [q, setQ] = useQueryState("q", parseAsString.withDefault(""));
  const narrow = useCallback((text: string) => void setQ(text || null), [setQ]);
  return (
    <Block title="All scans" actions={<ScanFilterField q={q} onChange={narrow} />} flush>
      <ScansTable q={q} deleter={deleter} />
    </Block>
  );
}
