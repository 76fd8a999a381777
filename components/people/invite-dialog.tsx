"use client";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { makeSignInLink } from "#lib/client/people.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { Role } from "#lib/domain/person.ts";
import { ROLES } from "#lib/domain/roles.ts";
import { LinkDialog } from "./link-dialog.tsx";
import { ROLE_WORDS } from "./role-words.ts";

const FORM_ID = "invite";

/** Makes a one-time link for a new person with a role; they choose their user name when they use it. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const [role, setRole] = useState<Role>("developer");
  const invite = useAct(makeSignInLink, { refresh: ["people"] });
  if (invite.data)
    return (
      <LinkDialog link={invite.data} title={`Invitation as ${ROLE_WORDS[role].word.toLowerCase()}`} onClose={onClose} />
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate({ role });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Invite somebody"
      text="You get a link to hand over. It works once and lasts 72 hours."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" form={FORM_ID} busy={invite.isPending}>
            Make the link
          </Button>
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="grid gap-2">
        <fieldset className="grid gap-2">
          <legend className="mb-1.5 font-medium">Role</legend>
          {ROLES.map((option) => (
            <label key={option} className="flex items-baseline gap-2 max-md:min-h-9">
              <input
                type="radio"
                name="role"
                value={option}
                checked={option === role}
                onChange={() => setRole(option)}
                className="accent-accent"
              />
              <span>
                <span className="font-medium">{ROLE_WORDS[option].word}</span>{" "}
                <span className="text-text-3">{ROLE_WORDS[option].may}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {invite.error ? <Banner kind="error">{invite.error.message}</Banner> : null}
      </form>
    </Dialog>
  );
}
