"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { dialogLater } from "#components/ui/dialog-later.tsx";
import { later } from "#components/ui/later.ts";
import { Menu } from "#components/ui/menu.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import { noteViewVisit, viewsQuery } from "#lib/client/views.ts";
import type { ViewChoicesProps } from "./view-choices.tsx";

const choices = later(() => import("./view-choices.tsx"));
const SaveViewDialog = dialogLater(() => import("./save-view-dialog.tsx").then((module) => module.SaveViewDialog));

type ViewsMenuProps = {
  /** The view that the list came from; null = none. */
  viewId: string | null;
  /** The list as it is now, as a view would keep it. */
  query: string;
};

/** The lists that are kept under names: opens one, keeps this one. */
export function ViewsMenu({ viewId, query }: ViewsMenuProps) {
  const { data } = useQuery(viewsQuery());
  const [isSaving, setIsSaving] = useState(false);
  const views = data?.items ?? [];
  const view = views.find(({ id }) => id === viewId) ?? null;
  useEffect(() => {
    // A view that could not be noted is not among the recent ones: nothing else hangs on it.
    if (viewId !== null) noteViewVisit(viewId).catch(() => {});
  }, [viewId]);
  const isChanged = view !== null && view.query !== query;
  return (
    <>
      <Menu
        needs={choices}
        trigger={
          <Button look="ghost" size="small" icon="bookmark">
            <span className="max-w-40 truncate @max-[840px]:sr-only">
              {view ? `${visibleText(view.name)}${isChanged ? ", changed" : ""}` : "Views"}
            </span>
          </Button>
        }
      >
        <Choices views={views} view={view} query={query} isChanged={isChanged} onSave={() => setIsSaving(true)} />
      </Menu>
      {isSaving ? <SaveViewDialog query={query} onClose={() => setIsSaving(false)} /> : null}
    </>
  );
}

/** Only drawn once the menu has fetched it. */
function Choices(props: ViewChoicesProps) {
  const parts = choices.here();
  return parts && <parts.ViewChoices {...props} />;
}
