"use client";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuChoices } from "#components/ui/menu.tsx";
import { useTeamChoice } from "./use-team-choice.ts";

/** Whose findings the pages show; nothing while there are no teams. Of one width, whatever the team is called. */
export function TeamPicker() {
  const { hasTeams, isBusy, words } = useTeamChoice();
  if (!hasTeams) return null;
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          title={words}
          aria-busy={isBusy}
          className="touch-target flex h-(--size-control) w-40 flex-none items-center gap-2 rounded-md border border-line bg-surface px-[9px] font-medium hover:border-control aria-busy:opacity-60 max-md:hidden"
        >
          <span className="min-w-0 flex-1 truncate text-left">
            <span className="sr-only">Whose findings: </span>
            {words}
          </span>
          <Icon name="down" className="text-text-3" />
        </button>
      }
    >
      <TeamChoices />
    </Menu>
  );
}

/** The choices in a menu, which is there by now. */
export function TeamChoices() {
  const { options, value, choose } = useTeamChoice();
  return (
    <div className="max-h-[min(60vh,420px)] overflow-y-auto">
      <MenuChoices label="Whose findings" choices={options} value={value} onChange={choose} />
    </div>
  );
}
