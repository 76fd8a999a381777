"use client";
import { useCallback } from "react";
import { useAddress } from "#components/ui/address.ts";
import { Block } from "#components/ui/block.tsx";
import { ScanFilterField } from "./scan-filter-field.tsx";
import { type Deleter, ScansTable } from "./scans-table.tsx";

const NAMES = ["q"] as const;

/** The list of scans with its filter, which stands in the address. */
export function AllScans({ deleter }: { deleter: Deleter }) {
  const [{ q }, write] = useAddress(NAMES);
  // Each letter is no step of its own.
  const narrow = useCallback((text: string) => write({ q: text || null }, "replace"), [write]);
  return (
    <Block title="All scans" actions={<ScanFilterField q={q ?? ""} onChange={narrow} />} flush>
      <ScansTable q={q ?? ""} deleter={deleter} />
    </Block>
  );
}
