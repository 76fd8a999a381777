"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { dialogLater } from "#components/ui/dialog-later.tsx";
import { Menu, MenuHead, MenuItem, MenuLink } from "#components/ui/menu.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import { newExceptionAddress } from "#lib/client/exceptions.ts";
import { useAct } from "#lib/client/use-act.ts";
import { changeView, deleteView, noteViewVisit, viewAddress, viewsQuery } from "#lib/client/views.ts";
import type { SavedView } from "#lib/domain/saved-view.ts";

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
  const recent = openedLast(views);
  const rest = views.filter((one) => !recent.includes(one));
  useEffect(() => {
    // A view that could not be noted is not among the recent ones: nothing else hangs on it.
    if (viewId !== null) noteViewVisit(viewId).catch(() => {});
  }, [viewId]);
  const isChanged = view !== null && view.query !== query;
  return (
    <>
      <Menu
        trigger={
          <Button look="ghost" size="small" icon="bookmark">
            <span className="max-w-40 truncate @max-[840px]:sr-only">
              {view ? `${visibleText(view.name)}${isChanged ? ", changed" : ""}` : "Views"}
            </span>
          </Button>
        }
      >
        {views.length === 0 ? <MenuHead>No view is kept yet</MenuHead> : null}
        {recent.length > 0 ? <MenuHead>Opened last</MenuHead> : null}
        {recent.map((one) => (
          <ViewLink key={one.id} view={one} isOpen={one.id === viewId} />
        ))}
        {recent.length > 0 && rest.length > 0 ? <MenuHead>Other views</MenuHead> : null}
        {rest.map((one) => (
          <ViewLink key={one.id} view={one} isOpen={one.id === viewId} />
        ))}
        <div className="my-1 h-px bg-line" />
        <MenuItem icon="plus" onSelect={() => setIsSaving(true)}>
          Keep this list as a view…
        </MenuItem>
        <MenuLink icon="hide" href={newExceptionAddress(query)}>
          Make an exception of this filter…
        </MenuLink>
        {view ? <ViewActs view={view} query={isChanged ? query : null} /> : null}
      </Menu>
      {isSaving ? <SaveViewDialog query={query} onClose={() => setIsSaving(false)} /> : null}
    </>
  );
}

const MOST_RECENT = 5;

/** The views that this person opened, the latest first. */
function openedLast(views: SavedView[]): SavedView[] {
  return views
    .filter(({ openedAt }) => openedAt !== null)
    .toSorted((a, b) => (b.openedAt ?? "").localeCompare(a.openedAt ?? ""))
    .slice(0, MOST_RECENT);
}

function ViewLink({ view, isOpen }: { view: SavedView; isOpen: boolean }) {
  return (
    <MenuLink icon={isOpen ? "check" : undefined} href={viewAddress(view.id)}>
      {visibleText(view.name)}
      <span className="ml-auto pl-3 text-12 text-text-3">{aboutView(view)}</span>
    </MenuLink>
  );
}

function aboutView({ isOwn, owner, isShared, isDefault }: SavedView): string {
  const whose = isOwn ? (isShared && "Shared") || "" : `By ${owner}`;
  return [whose, isDefault && "Default"].filter(Boolean).join(", ");
}

/** What can be done with the view that is open. `query`: what it would become; null = it is as it was kept. */
function ViewActs({ view, query }: { view: SavedView; query: string | null }) {
  const toast = useToast();
  const { id, name, isOwn, isShared, isDefault } = view;
  const act = (words: string) => ({
    refresh: ["views"],
    onDone: () => toast.done(`${visibleText(name)} ${words}.`),
    onFailed: toast.failed,
  });
  const keep = useAct(changeView, act("is kept as the list is now"));
  const share = useAct(changeView, act(isShared ? "is yours alone again" : "is shared with everyone"));
  const choose = useAct(changeView, act(isDefault ? "is no longer your default" : "is what your list opens with"));
  const remove = useAct(deleteView, act("is deleted"));
  return (
    <>
      {isOwn && query !== null ? (
        <MenuItem icon="check" onSelect={() => keep.mutate({ id, query })}>
          Keep the changes in this view
        </MenuItem>
      ) : null}
      <MenuItem icon="bookmark" onSelect={() => choose.mutate({ id, isDefault: !isDefault })}>
        {isDefault ? "No longer open my list with it" : "Open my list with it"}
      </MenuItem>
      {isOwn ? (
        <>
          <MenuItem icon="user" onSelect={() => share.mutate({ id, isShared: !isShared })}>
            {isShared ? "Stop sharing it" : "Share it with everyone"}
          </MenuItem>
          <MenuItem icon="close" onSelect={() => remove.mutate(id)}>
            Delete this view
          </MenuItem>
        </>
      ) : null}
    </>
  );
}
