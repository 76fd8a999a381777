"use client";
import { MenuChecks, MenuHead, MenuItem } from "#components/ui/menu.tsx";
import { FIXED_COLUMNS, LIST_COLUMNS, toListColumns, USUAL_COLUMNS } from "#lib/domain/list-column-words.ts";
import { COLUMNS } from "./columns.ts";
import type { ShownColumns } from "./use-list-columns.ts";

const CHOICES = LIST_COLUMNS.filter((name) => !FIXED_COLUMNS.includes(name)).map((name) => ({
  value: name,
  label: COLUMNS[name].head,
}));

/** What stands in the menu of columns. */
export function ColumnChoices({ shown, isChosen, choose }: ShownColumns) {
  return (
    <>
      <MenuHead>Columns</MenuHead>
      <MenuChecks choices={CHOICES} values={shown} onChange={(values) => choose(toListColumns(values))} />
      <div className="my-1 h-px bg-line" />
      <MenuItem
        icon="undo"
        disabledReason={isChosen ? null : "These are the usual columns"}
        onSelect={() => choose(USUAL_COLUMNS)}
      >
        The usual columns
      </MenuItem>
    </>
  );
}
