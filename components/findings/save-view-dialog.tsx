"use client";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { Button } from "#components/ui/button.tsx";
import { LabelledCheckbox } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { useAct } from "#lib/client/use-act.ts";
import { createView, viewAddress } from "#lib/client/views.ts";

const FORM_ID = "save-view";

/** Keeps the list as it is under a name. */
export function SaveViewDialog({ query, onClose }: { query: string; onClose: () => void }) {
  const router = useRouter();
  const create = useAct(createView, {
    refresh: ["views"],
    onDone: (view) => {
      onClose();
      router.push(viewAddress(view.id));
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    create.mutate({ name: String(form.get("name")).trim(), query, isShared: form.get("isShared") === "on" });
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Keep this list as a view"
      text="Its filters, its order, its grouping and the columns that were chosen for it, under a name and an address of its own."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" form={FORM_ID} busy={create.isPending}>
            Keep the view
          </Button>
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="grid gap-4">
        <TextField
          name="name"
          label="Name"
          placeholder="Exploited in production"
          required
          maxLength={80}
          error={create.error?.message}
        />
        <LabelledCheckbox name="isShared">Share it with everyone here</LabelledCheckbox>
      </form>
    </Dialog>
  );
}
