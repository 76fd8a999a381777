"use client";
import { Button } from "#components/ui/button.tsx";
import { CommandLine } from "#components/ui/command-line.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Time } from "#components/ui/time.tsx";
import type { SignInLink } from "#lib/domain/person.ts";

/** A one-time link, shown this once. */
export function LinkDialog({ link, title, onClose }: { link: SignInLink; title: string; onClose: () => void }) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      text={
        <>
          It works once, and ends <Time at={link.expiresAt} />. It is shown only now: hand it over by a way that you
          trust.
        </>
      }
      actions={<Button onClick={onClose}>Done</Button>}
    >
      <CommandLine text={link.url} what="the link" />
    </Dialog>
  );
}
