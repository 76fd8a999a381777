"use client";
import { Button } from "#components/ui/button.tsx";
import { later } from "#components/ui/later.ts";
import { Menu } from "#components/ui/menu.tsx";
import type { ShownColumns } from "./use-list-columns.ts";

const choices = later(() => import("./column-choices.tsx"));

/** Chooses what the list shows of each finding. It stays open: one choice seldom comes alone. */
export function ColumnsMenu(props: ShownColumns) {
  return (
    <Menu
      needs={choices}
      trigger={
        <Button look="ghost" size="small" icon="columns">
          <span className="max-xl:sr-only @max-[960px]:sr-only">Columns</span>
        </Button>
      }
    >
      <Choices {...props} />
    </Menu>
  );
}

/** Only drawn once the menu has fetched it. */
function Choices(props: ShownColumns) {
  const parts = choices.here();
  return parts && <parts.ColumnChoices {...props} />;
}
