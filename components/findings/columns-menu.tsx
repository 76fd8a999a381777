"use client";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuChecks, MenuHead, MenuItem } from "#components/ui/menu.tsx";
import { FIXED_COLUMNS, LIST_COLUMNS, toListColumns, USUAL_COLUMNS } from "#lib/domain/list-column-words.ts";
import { COLUMNS } from "./columns.ts";
import type { ShownColumns } from "./use-list-columns.ts";

/** Chooses what the list shows of each finding. It stays open: one choice seldom comes alone. */
export function ColumnsMenu({ shown, isChosen, choose }: ShownColumns) {
  return (
    <Menu
      trigger={
        <Button look="ghost" size="small" icon="columns">
          <span className="max-xl:sr-only @max-[960px]:sr-only">Columns</span>
        </Button>
      }
    >
      <MenuHead>Columns</MenuHead>
      <MenuChecks
        choices={LIST_COLUMNS.filter((name) => !FIXED_COLUMNS.includes(name)).map((name) => ({
          value: name,
          label: COLUMNS[name].head,
        }))}
        values={shown}
        onChange={(values) => choose(toListColumns(values))}
      />
      <div className="my-1 h-px bg-line" />
      <MenuItem
        icon="undo"
        disabledReason={isChosen ? null : "These are the usual columns"}
        onSelect={() => choose(USUAL_COLUMNS)}
      >
        The usual columns
      </MenuItem>
    </Menu>
  );
}
