"use client";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { formatBytes } from "#components/ui/numbers.ts";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";

type Props = { file: File | null; isDisabled: boolean; onChoose: (file: File) => void };

/** Takes one report, chosen or dropped. */
export function ReportDrop({ file, isDisabled, onChoose }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);

  const take = (chosen: File | undefined) => {
    if (chosen && !isDisabled) onChoose(chosen);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files[0]);
  };

  return (
    <fieldset
      aria-label="Report"
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
      <Icon name="upload" className="size-6 text-text-3" />
      <p className="font-medium wrap-anywhere">
        {file ? <UntrustedText text={file.name} /> : "Drop a SARIF report here"}
      </p>
      <p className="text-12 text-text-3">
        {file ? `${formatBytes(file.size)}.` : "SARIF 2.1.0 of any tool, packed with gzip or not."}
      </p>
      <input
        ref={input}
        type="file"
        accept=".sarif,.json,.gz,application/sarif+json,application/json,application/gzip"
        className="sr-only"
        aria-label="SARIF report"
        tabIndex={-1}
        onChange={(event) => {
          take(event.target.files?.[0]);
          // The same file, written anew, can be chosen again.
          event.target.value = "";
        }}
      />
      <Button onClick={() => input.current?.click()} disabledReason={isDisabled ? "An import is under way" : null}>
        {file ? "Choose another" : "Choose a report"}
      </Button>
    </fieldset>
  );
}
