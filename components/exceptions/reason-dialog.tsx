"use client";
import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextAreaField } from "#components/ui/field.tsx";

const FORM_ID = "exception-reason";

type ReasonDialogProps = {
  title: string;
  text: ReactNode;
  act: string;
  look?: "main" | "danger";
  isBusy: boolean;
  error: string | undefined;
  onSay: (reason: string) => void;
  onClose: () => void;
  children?: ReactNode;
};

/** An act on an exception that needs a reason. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, text, act, look = "main", isBusy, error, onSay, onClose, children } = props;
  const [reason, setReason] = useState("");
  const whyNot = reason.trim() === "" ? "Say why first" : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (whyNot === null) onSay(reason.trim());
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      text={text}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look={look} type="submit" form={FORM_ID} busy={isBusy} disabledReason={whyNot}>
            {act}
          </Button>
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="grid gap-4">
        {children}
        <TextAreaField
          label="Why"
          hint="Whoever reviews this next will read it."
          required
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {error ? (
          <p role="alert" className="text-bad-text">
            {error}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}
