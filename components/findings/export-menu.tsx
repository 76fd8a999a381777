"use client";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { dialogLater } from "#components/ui/dialog-later.tsx";
import { later } from "#components/ui/later.ts";
import { Menu } from "#components/ui/menu.tsx";
import type { ExportMenuProps } from "./export-choices.tsx";

const choices = later(() => import("./export-choices.tsx"));
const ExportDialog = dialogLater(() => import("./export-dialog.tsx").then((module) => module.ExportDialog));

/** Exactly what is on screen, as a file: filters, sort, moment and columns are the list's own. */
export function ExportMenu(props: ExportMenuProps) {
  const [isChoosing, setIsChoosing] = useState(false);
  return (
    <>
      <Menu
        needs={choices}
        trigger={
          <Button look="ghost" size="small" icon="download">
            <span className="max-sm:sr-only">Export</span>
          </Button>
        }
      >
        <Choices {...props} onChoose={() => setIsChoosing(true)} />
      </Menu>
      {isChoosing ? <ExportDialog {...props} onClose={() => setIsChoosing(false)} /> : null}
    </>
  );
}

/** Only drawn once the menu has fetched it. */
function Choices(props: ExportMenuProps & { onChoose: () => void }) {
  const parts = choices.here();
  return parts && <parts.ExportChoices {...props} />;
}
