"use client";
import { type DragEvent, useId, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { formatBytes } from "#components/ui/numbers.ts";

/** Takes one zip, chosen or dropped. */
export function ArchiveDrop({ file, onChoose }: { file: File | null; onChoose: (file: File) => void }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);

  const take = (chosen: File | undefined) => {
    if (chosen) onChoose(chosen);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    take(event.dataTransfer.files[0]);
  };

  return (
    <fieldset
      aria-label="Archive"
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
      <Icon name="zip" className="size-6 text-text-3" />
      <p className="font-medium wrap-anywhere">{file ? file.name : "Drop a zip of the source code here"}</p>
      <p className="text-12 text-text-3">
        {file
          ? `${formatBytes(file.size)}. Checked in your browser before anything is sent.`
          : "Up to 5 GB. Dependencies and builds may stay in: they are left out of the scan."}
      </p>
      <input
        ref={input}
        id={id}
        type="file"
        accept=".zip,application/zip"
        className="sr-only"
        aria-label="Zip of the source code"
        tabIndex={-1}
        onChange={(event) => {
          take(event.target.files?.[0]);
          // The same file, packed anew, can be chosen again.
          event.target.value = "";
        }}
      />
      <Button onClick={() => input.current?.click()}>{file ? "Choose another" : "Choose a zip"}</Button>
    </fieldset>
  );
}
