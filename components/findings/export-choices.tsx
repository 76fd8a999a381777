"use client";
import { MenuDownload, MenuHead, MenuItem } from "#components/ui/menu.tsx";
import { formatTotal } from "#components/ui/numbers.ts";
import { type FindingListFilter, findingsFileAddress } from "#lib/client/findings.ts";
import type { FindingPage } from "#lib/domain/finding-page.ts";
import type { ListColumn } from "#lib/domain/list-column-words.ts";
import { exportColumnsOf } from "./export-columns.ts";

export type ExportMenuProps = {
  filter: FindingListFilter;
  columns: readonly ListColumn[];
  total: FindingPage["total"] | undefined;
};

/** What stands in the menu of files. */
export function ExportChoices({ filter, columns, total, onChoose }: ExportMenuProps & { onChoose: () => void }) {
  return (
    <>
      <MenuHead>Download {total ? `these ${formatTotal(total)}` : "the list"} as</MenuHead>
      <MenuDownload href={findingsFileAddress(filter, "csv", exportColumnsOf(columns))}>CSV</MenuDownload>
      <MenuDownload href={findingsFileAddress(filter, "jsonl")}>JSON Lines</MenuDownload>
      <MenuDownload href={findingsFileAddress(filter, "sarif")}>SARIF</MenuDownload>
      <MenuItem icon="filter" onSelect={onChoose}>
        Choose columns…
      </MenuItem>
    </>
  );
}
