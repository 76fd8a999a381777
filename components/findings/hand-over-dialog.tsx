"use client";
import { type FormEvent, useId } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextAreaField } from "#components/ui/field.tsx";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import { faultAt } from "#lib/client/api.ts";
import { handOver } from "#lib/client/tickets.ts";
import { useAct } from "#lib/client/use-act.ts";

const LONGEST_NOTE = 2_000;

type HandOverDialogProps = { findingId: string; summary: string; refresh: string[]; onClose: () => void };

/** Sends the issue to the receiver, with what the person wants to say about it; shows what goes with it. */
export function HandOverDialog({ findingId, summary, refresh, onClose }: HandOverDialogProps) {
  const formId = useId();
  const toast = useToast();
  const act = useAct(handOver, {
    refresh,
    onDone: () => {
      toast.done("The issue is on its way to the ticket system");
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    act.mutate({ findingId, note: String(new FormData(event.currentTarget).get("note")).trim() });
  };
  const fault = faultAt(act.error, "note");
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Hand the issue over"
      text="It is sent to the ticket system until it arrives, also when you leave this page."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" form={formId} busy={act.isPending}>
            Hand over
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="grid gap-4">
        <TextAreaField
          name="note"
          label="Note, if there is something to say"
          hint="It stands above the summary."
          error={fault}
          maxLength={LONGEST_NOTE}
        />
        <ScrollRegion
          label="Summary that goes with it"
          className="max-h-44 overflow-y-auto rounded-md border border-line px-3 py-2.5"
        >
          <p className="text-12 wrap-anywhere whitespace-pre-line text-text-2">
            {summary.split("\n").map(visibleText).join("\n")}
          </p>
        </ScrollRegion>
        {act.error && !fault ? (
          <p role="alert" className="text-bad-text">
            {act.error.message}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
