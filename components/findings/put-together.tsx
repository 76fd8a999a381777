"use client";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";

const ID = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/;

/** Asks for the finding of another source that is the same problem, by its link. */
export function PutTogether({ onDone, isBusy }: { onDone: (findingId: string) => void; isBusy: boolean }) {
  const [isOpen, setIsOpen] = useState(false);
  const [fault, setFault] = useState<string>();
  if (!isOpen) {
    return (
      <p>
        <Button size="small" look="ghost" icon="link" onClick={() => setIsOpen(true)}>
          Put another finding with it
        </Button>
      </p>
    );
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const id = ID.exec(String(new FormData(event.currentTarget).get("finding")).toLowerCase())?.[0];
    setFault(id ? undefined : "The link of a finding, as “Copy a link to this finding” gives it");
    if (!id) return;
    onDone(id);
    setIsOpen(false);
  };
  return (
    <form onSubmit={submit} className="grid gap-2">
      <TextField
        name="finding"
        label="Link of the other finding"
        hint="Of another source, in code. It stays so through every sync."
        error={fault}
        autoFocus
        autoComplete="off"
        spellCheck={false}
      />
      <span className="flex gap-2">
        <Button size="small" look="main" type="submit" busy={isBusy}>
          Put together
        </Button>
        <Button size="small" onClick={() => setIsOpen(false)}>
          Cancel
        </Button>
      </span>
    </form>
  );
}
