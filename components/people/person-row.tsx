"use client";
import { useState } from "react";
import { IconButton } from "#components/ui/button.tsx";
import { Menu, MenuChoices, MenuItem } from "#components/ui/menu.tsx";
import { Cell, Row, RowHead } from "#components/ui/table.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { changePerson, endSessions, makeSignInLink } from "#lib/client/people.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { Person, PersonChange, SignInLink } from "#lib/domain/person.ts";
import { ROLES } from "#lib/domain/roles.ts";
import { LinkDialog } from "./link-dialog.tsx";
import { ROLE_WORDS } from "./role-words.ts";

/** One person with their role and what an admin can do. Nobody shuts themselves out. */
export function PersonRow({ person, canChange, isSelf }: { person: Person; canChange: boolean; isSelf: boolean }) {
  return (
    <Row>
      <RowHead>
        {person.userName} {isSelf ? <Tag>You</Tag> : null} {person.disabledAt ? <Tag tone="warn">Shut out</Tag> : null}
      </RowHead>
      <Cell>{ROLE_WORDS[person.role].word}</Cell>
      <Cell className="text-text-2 max-md:hidden">{person.lastSeenAt ? <Time at={person.lastSeenAt} /> : "–"}</Cell>
      <Cell side="right" className="max-md:hidden">
        {person.liveSessions}
      </Cell>
      <Cell side="right">{canChange && !isSelf ? <PersonMenu person={person} /> : null}</Cell>
    </Row>
  );
}

function PersonMenu({ person }: { person: Person }) {
  const toast = useToast();
  const [link, setLink] = useState<SignInLink | null>(null);
  const then = { refresh: ["people"], onFailed: toast.failed };
  const change = useAct((wanted: PersonChange) => changePerson(person.id, wanted), {
    ...then,
    onDone: () => toast.done(`${person.userName} is changed`),
  });
  const end = useAct(() => endSessions(person.id), {
    ...then,
    onDone: () => toast.done(`${person.userName} is signed out everywhere`),
  });
  const makeLink = useAct(() => makeSignInLink({ personId: person.id }), { ...then, onDone: setLink });
  return (
    <>
      <Menu trigger={<IconButton icon="more" label={`Acts on ${person.userName}`} size="small" />}>
        <MenuChoices
          label="Role"
          value={person.role}
          choices={ROLES.map((role) => ({ value: role, label: ROLE_WORDS[role].word }))}
          onChange={(role) => change.mutate({ role })}
        />
        <MenuItem icon="link" onSelect={() => makeLink.mutate(undefined)}>
          Make a sign-in link
        </MenuItem>
        <MenuItem icon="close" onSelect={() => end.mutate(undefined)}>
          Sign out everywhere
        </MenuItem>
        <MenuItem icon="lock" onSelect={() => change.mutate({ isDisabled: person.disabledAt === null })}>
          {person.disabledAt ? "Let in again" : "Shut out"}
        </MenuItem>
      </Menu>
      {link ? (
        <LinkDialog link={link} title={`Sign-in link for ${person.userName}`} onClose={() => setLink(null)} />
      ) : null}
    </>
  );
}
