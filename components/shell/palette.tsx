"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useDeferredValue, useId, useState } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { suggestionsQuery } from "#lib/client/findings.ts";
import { scansQuery } from "#lib/client/scans.ts";
import { viewsQuery } from "#lib/client/views.ts";
import {
  type PaletteEntry,
  toPlaceEntries,
  toScanEntries,
  toSearchEntries,
  toSuggestionEntries,
  toViewEntries,
} from "./palette-entries.ts";

const LETTERS = 2;
const STEPS: Record<string, 1 | -1> = { ArrowDown: 1, ArrowUp: -1 };

/** Goes anywhere by its name: views, pages, scans, and findings by CVE, package, resource and so on. */
export function Palette({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const listId = useId();
  const entries = useEntries(typed.trim());
  const chosen = Math.min(active, entries.length - 1);
  const go = (entry: PaletteEntry | undefined) => {
    if (!entry) return;
    onClose();
    router.push(entry.href);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (step === undefined) go(entries[chosen]);
    else setActive((chosen + step + entries.length) % Math.max(entries.length, 1));
  };
  return (
    <Dialog isOpen onClose={onClose} title="Go to">
      <input
        role="combobox"
        aria-label="View, page, scan, CVE, package or resource"
        aria-expanded={entries.length > 0}
        aria-controls={listId}
        aria-activedescendant={entries.length > 0 ? `${listId}-${chosen}` : undefined}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={typed}
        placeholder="View, page, scan, CVE, package, resource"
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKey}
        className="min-h-8 w-full rounded-md border border-control bg-surface px-2.5 max-md:min-h-9"
      />
      <div id={listId} role="listbox" aria-label="Where to" className="-mx-2 max-h-[50dvh] overflow-y-auto">
        {entries.map((entry, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and says which option is active
          <div
            key={`${entry.href} ${entry.about}`}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => go(entry)}
            className={classNames(
              "flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 hover:bg-text/6 max-md:min-h-11",
              index === chosen && "bg-text/6",
            )}
          >
            <Icon name={entry.icon} className="text-text-3" />
            <UntrustedText text={entry.label} className="truncate font-medium" />
            <span className="ml-auto pl-3 text-12 whitespace-nowrap text-text-3">{entry.about}</span>
          </div>
        ))}
      </div>
      <span role="status" className="sr-only">
        {entries.length === 0 ? "Nothing has that name" : null}
      </span>
    </Dialog>
  );
}

function useEntries(typed: string): PaletteEntry[] {
  const asked = useDeferredValue(typed);
  const isAsked = asked.length >= LETTERS;
  const { data: views } = useQuery(viewsQuery());
  const { data: scans } = useQuery({ ...scansQuery(asked), enabled: isAsked });
  const { data: suggestions } = useQuery({ ...suggestionsQuery(asked, undefined), enabled: isAsked });
  return [
    ...toViewEntries(views?.items ?? [], typed),
    ...toPlaceEntries(typed),
    ...(isAsked ? toScanEntries(scans?.items ?? []) : []),
    ...(isAsked ? toSuggestionEntries(suggestions?.items ?? []) : []),
    ...toSearchEntries(typed),
  ];
}
