"use client";
import { MenuDownload, MenuHead, MenuItem } from "#components/ui/menu.tsx";
import { formatTotal } from "#components/ui/numbers.ts";
import { findingsFileAddress } from "#lib/client/findings.ts";
import { exportColumnsOf } from "./export-columns.ts";
import type { ExportMenuProps } from "./export-menu.tsx";

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
