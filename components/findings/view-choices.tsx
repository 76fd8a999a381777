"use client";
import { MenuHead, MenuItem, MenuLink } from "#components/ui/menu.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import { newExceptionAddress } from "#lib/client/exceptions.ts";
import { useAct } from "#lib/client/use-act.ts";
import { changeView, deleteView, viewAddress } from "#lib/client/views.ts";
import type { SavedView } from "#lib/domain/saved-view.ts";

export type ViewChoicesProps = {
  views: SavedView[];
  /** The one that is open. */
  view: SavedView | null;
  /** The list as it is now, as a view would keep it. */
  query: string;
  isChanged: boolean;
  onSave: () => void;
};

/** What stands in the menu of views: those there are, and what can be done with this list. */
export function ViewChoices({ views, view, query, isChanged, onSave }: ViewChoicesProps) {
  const recent = openedLast(views);
  const rest = views.filter((one) => !recent.includes(one));
  return (
    <>
      {views.length === 0 ? <MenuHead>No view is kept yet</MenuHead> : null}
      {recent.length > 0 ? <MenuHead>Opened last</MenuHead> : null}
      {recent.map((one) => (
        <ViewLink key={one.id} view={one} isOpen={one.id === view?.id} />
      ))}
      {recent.length > 0 && rest.length > 0 ? <MenuHead>Other views</MenuHead> : null}
      {rest.map((one) => (
        <ViewLink key={one.id} view={one} isOpen={one.id === view?.id} />
      ))}
      <div className="my-1 h-px bg-line" />
      <MenuItem icon="plus" onSelect={onSave}>
        Keep this list as a view…
      </MenuItem>
      <MenuLink icon="hide" href={newExceptionAddress(query)}>
        Make an exception of this filter…
      </MenuLink>
      {view ? <ViewActs view={view} query={isChanged ? query : null} /> : null}
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
