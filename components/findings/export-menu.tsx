"use client";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { dialogLater } from "#components/ui/dialog-later.tsx";
import { Menu, MenuDownload, MenuHead, MenuItem } from "#components/ui/menu.tsx";
import { formatTotal } from "#components/ui/numbers.ts";
import { type FindingListFilter, findingsFileAddress } from "#lib/client/findings.ts";
import type { FindingPage } from "#lib/domain/finding-page.ts";
import type { ListColumn } from "#lib/domain/list-column-words.ts";
import { exportColumnsOf } from "./export-columns.ts";

const ExportDialog = dialogLater(() => import("./export-dialog.tsx").then((module) => module.ExportDialog));

type ExportMenuProps = {
  filter: FindingListFilter;
  columns: readonly ListColumn[];
  total: FindingPage["total"] | undefined;
};

/** Exactly what is on screen, as a file: filters, sort, moment and columns are the list's own. */
export function ExportMenu({ filter, columns, total }: ExportMenuProps) {
  const [isChoosing, setIsChoosing] = useState(false);
  return (
    <>
      <Menu
        trigger={
          <Button look="ghost" size="small" icon="download">
            <span className="max-sm:sr-only">Export</span>
          </Button>
        }
      >
        <MenuHead>Download {total ? `these ${formatTotal(total)}` : "the list"} as</MenuHead>
        <MenuDownload href={findingsFileAddress(filter, "csv", exportColumnsOf(columns))}>CSV</MenuDownload>
        <MenuDownload href={findingsFileAddress(filter, "jsonl")}>JSON Lines</MenuDownload>
        <MenuDownload href={findingsFileAddress(filter, "sarif")}>SARIF</MenuDownload>
        <MenuItem icon="filter" onSelect={() => setIsChoosing(true)}>
          Choose columns…
        </MenuItem>
      </Menu>
      {isChoosing ? (
        <ExportDialog filter={filter} columns={columns} total={total} onClose={() => setIsChoosing(false)} />
      ) : null}
    </>
  );
}
