"use client";
import { type Ref, useEffect, useState } from "react";
import { Chip } from "#components/ui/chip.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import type { FindingListFilter } from "#lib/client/findings.ts";
import type { FindingFacets } from "#lib/domain/finding-page.ts";
import { toChips } from "./chips.ts";
import type { ConditionName } from "./findings-address.ts";

const TYPING_MS = 250;

type QueryBarProps = {
  filter: FindingListFilter;
  facets: FindingFacets | undefined;
  fieldRef: Ref<HTMLInputElement>;
  onRemove: (name: ConditionName) => void;
  onText: (q: string) => void;
};

/** What the list is narrowed by, as chips, and a field to search in it. */
export function QueryBar({ filter, facets, fieldRef, onRemove, onText }: QueryBarProps) {
  const [text, setText] = useTypedText(filter.q ?? "", onText);
  return (
    <search className="mx-3.5 mt-2.5 flex min-h-[34px] flex-wrap items-center gap-1.5 rounded-md border border-line-2 py-1 pr-1.5 pl-[9px] focus-within:shadow-(--ring) max-md:mx-3">
      <Icon name="search" className="text-text-3" />
      {toChips(filter, facets).map(({ name, label, operator, value }) => (
        <Chip key={name} name={label} operator={operator} value={value} onRemove={() => onRemove(name)} />
      ))}
      <input
        ref={fieldRef}
        type="search"
        maxLength={200}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") onText(text);
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        aria-label="Search these findings"
        placeholder="CVE, package, path, resource"
        className="h-6 min-w-28 flex-1 bg-transparent px-0.5 outline-none max-md:h-8"
      />
      <span className="max-md:hidden" aria-hidden="true">
        <Kbd>/</Kbd>
      </span>
    </search>
  );
}

/** The field's own text runs ahead of the address, and follows it when the address changes from elsewhere. */
function useTypedText(asked: string, onText: (q: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState({ text: asked, asked });
  // The address was changed by something other than this field.
  if (typed.asked !== asked) setTyped({ text: typed.text.trim() === asked ? typed.text : asked, asked });
  useEffect(() => {
    if (typed.text.trim() === asked) return;
    const timer = setTimeout(() => onText(typed.text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed.text, asked, onText]);
  return [typed.text, (text) => setTyped({ text, asked })];
}
