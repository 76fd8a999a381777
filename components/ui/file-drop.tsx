"use client";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { Button } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { Icon, type IconName } from "./icon.tsx";
import { UntrustedText } from "./untrusted-text.tsx";

type Props = {
  /** What is taken, as a heading would say it; and as the input's own name. */
  label: string;
  inputLabel: string;
  icon: IconName;
  accept: string;
  file: File | null;
  /** What stands here while nothing is chosen. */
  invitation: { title: string; button: string };
  support: ReactNode;
  disabledReason?: string | null;
  onChoose: (file: File) => void;
};

/** Takes one file, chosen or dropped; its name is shown as what it is, text from outside. */
export function FileDrop({ disabledReason = null, onChoose, ...props }: Props) {
  const { label, inputLabel, icon, accept, file, invitation, support } = props;
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);

  const take = (chosen: File | undefined) => {
    if (chosen && disabledReason === null) onChoose(chosen);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files[0]);
  };

  return (
    <fieldset
      aria-label={label}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      className={classNames(
        "grid justify-items-center gap-2 rounded-lg border border-dashed px-6 py-8 text-center",
        isOver ? "border-accent bg-accent-soft" : "border-line-2 bg-raised",
      )}
    >
      <Icon name={icon} className="size-6 text-text-3" />
      <p className="font-medium wrap-anywhere">{file ? <UntrustedText text={file.name} /> : invitation.title}</p>
      <p className="text-12 text-text-3">{support}</p>
      <input
        ref={input}
        type="file"
        accept={accept}
        className="sr-only"
        aria-label={inputLabel}
        tabIndex={-1}
        onChange={(event) => {
          take(event.target.files?.[0]);
          // The same file, written anew, can be chosen again.
          event.target.value = "";
        }}
      />
      <Button onClick={() => input.current?.click()} disabledReason={disabledReason}>
        {file ? "Choose another" : invitation.button}
      </Button>
    </fieldset>
  );
}
