"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useMediaQuery } from "#components/ui/media-query.ts";
import { Menu, MenuChoices, MenuHead, MenuItem, MenuLink } from "#components/ui/menu.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { signOut } from "#lib/client/session.ts";
import { TeamChoices } from "./team-picker.tsx";
import { applyTheme, type Theme } from "./theme.ts";
import { useTeamChoice } from "./use-team-choice.ts";

const THEMES: { value: Theme; label: string }[] = [
  { value: "system", label: "As the machine has it" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

/** Who is signed in, what they may change for themselves, and the way out. */
export function PersonMenu(props: { person: { userName: string; role: string }; theme: Theme }) {
  const { person } = props;
  const [theme, setTheme] = useState(props.theme);
  const { hasTeams } = useTeamChoice();
  // The bar has no room for it.
  const isSmall = useMediaQuery("(width < 760px)");
  const toast = useToast();
  const leaving = useMutation({
    mutationFn: signOut,
    onSuccess: () => location.assign("/sign-in"),
    onError: (error) => toast.failed(`You are still signed in. ${error.message}`),
  });
  const choose = (chosen: Theme) => {
    setTheme(chosen);
    applyTheme(chosen);
  };
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="touch-target grid size-[26px] flex-none place-items-center rounded-full border border-line bg-inset text-[10.5px] font-semibold text-text-2 uppercase hover:border-control"
        >
          <span className="sr-only">Account of {person.userName}</span>
          <span aria-hidden="true">{person.userName.slice(0, 2)}</span>
        </button>
      }
    >
      <MenuHead>
        {person.userName}, {person.role}
      </MenuHead>
      <MenuLink href="/settings/sources" icon="settings">
        Settings
      </MenuLink>
      <MenuItem icon="undo" onSelect={() => leaving.mutate()}>
        Sign out
      </MenuItem>
      {isSmall && hasTeams ? (
        <>
          <div className="my-1 h-px bg-line" />
          <TeamChoices />
        </>
      ) : null}
      <div className="my-1 h-px bg-line" />
      <MenuChoices label="Theme" choices={THEMES} value={theme} onChange={choose} />
    </Menu>
  );
}
