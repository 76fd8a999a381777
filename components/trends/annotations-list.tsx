"use client";
import { type ReactNode, useState } from "react";
import { dayAndYear } from "#components/charts/days.ts";
import { useIsPrinting } from "#components/charts/use-is-printing.ts";
import { Button } from "#components/ui/button.tsx";
import { dialogLater } from "#components/ui/dialog-later.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { Annotation } from "#lib/domain/annotation.ts";
import { KIND_WORDS, type Place } from "./to-marks.ts";

const AnnotationDialog = dialogLater(() => import("./annotation-dialog.tsx").then((module) => module.AnnotationDialog));

const SHOWN = 3;

type AnnotationsListProps = {
  annotations: Annotation[];
  /** Places that came or went on a day: what stands in the chart by itself. */
  places: Place[];
  /** The day that a new one is offered for. */
  day: string;
  canNote: boolean;
};

/** What happened on the days of the chart, the latest first, in words: the chart has room for a few of them. */
export function AnnotationsList({ annotations, places, day, canNote }: AnnotationsListProps) {
  const [isWhole, setWhole] = useState(false);
  const [editing, setEditing] = useState<Annotation | "new" | null>(null);
  const isPrinting = useIsPrinting();
  const all = [...annotations, ...places].sort((one, other) => (one.day > other.day ? -1 : 1));
  const shown = isWhole || isPrinting ? all : all.slice(0, SHOWN);
  if (all.length === 0 && !canNote) return null;
  return (
    <div className="mt-2 flex flex-wrap items-start gap-x-4 gap-y-1.5">
      <div className="min-w-0 flex-1 basis-72">
        <ul aria-label="Annotations" className="grid gap-1 text-12 text-text-2">
          {shown.map((one) =>
            one.kind === "place" ? (
              <Entry key={`${one.day} ${one.text}`} day={one.day} word="Place">
                <UntrustedText text={one.text} />
              </Entry>
            ) : (
              <Noted
                key={one.id ?? `${one.day} ${one.text}`}
                annotation={one}
                onChange={canNote && one.id !== null ? () => setEditing(one) : null}
              />
            ),
          )}
        </ul>
        {all.length > SHOWN ? (
          <Button size="small" className="mt-1.5 print:hidden" onClick={() => setWhole(!isWhole)}>
            {isWhole ? "Show fewer" : `Show all ${all.length}`}
          </Button>
        ) : null}
      </div>
      {canNote ? (
        <Button size="small" icon="plus" className="print:hidden" onClick={() => setEditing("new")}>
          Annotate a day
        </Button>
      ) : null}
      {editing ? (
        <AnnotationDialog annotation={editing === "new" ? null : editing} day={day} onClose={() => setEditing(null)} />
      ) : null}
    </div>
  );
}

function Entry({ day, word, children }: { day: string; word: string; children: ReactNode }) {
  return (
    <li className="flex items-baseline gap-1.5">
      <time dateTime={day} className="flex-none whitespace-nowrap text-text-3">
        {dayAndYear(day)}
      </time>
      <span className="min-w-0 wrap-anywhere">
        <b className="font-medium text-text">{word}</b> {children}
      </span>
    </li>
  );
}

function Noted({ annotation, onChange }: { annotation: Annotation; onChange: (() => void) | null }) {
  const { day, kind, text, link, createdBy } = annotation;
  return (
    <Entry day={day} word={KIND_WORDS[kind]}>
      {link === null ? (
        <UntrustedText text={text} />
      ) : (
        <a href={link} target="_blank" rel="noreferrer noopener" className="link">
          <UntrustedText text={text} />
          <Icon name="external" className="ml-0.5 inline size-3 align-[-1px]" />
        </a>
      )}
      {createdBy ? <span className="text-text-3">, {createdBy}</span> : null}
      {onChange ? (
        <button type="button" onClick={onChange} className="link touch-target ml-1.5 print:hidden">
          Change<span className="sr-only"> {text}</span>
        </button>
      ) : null}
    </Entry>
  );
}
