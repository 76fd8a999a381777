"use client";
import { type RefObject, useEffect, useState } from "react";
import type { FindingListFilter } from "#lib/client/findings.ts";
import { CONDITION_NAMES } from "#lib/domain/finding-conditions.ts";
import type { FindingFacets } from "#lib/domain/finding-page.ts";
import type { ConditionKey, QueryCondition, QueryFault } from "#lib/domain/finding-query.ts";
import type { Completion } from "./completions.ts";
import { narrows } from "./findings-address.ts";
import { isBetweenWords, readTypedQuery, withCondition, withoutConditions } from "./typed-query.ts";
import { useCompletions } from "./use-completions.ts";

const TYPING_MS = 250;
const NO_FAULTS: QueryFault[] = [];

export type QueryBarProps = {
  filter: FindingListFilter;
  facets: FindingFacets | undefined;
  fieldRef: RefObject<HTMLInputElement | null>;
  onRemove: (name: ConditionKey) => void;
  onText: (q: string) => void;
  /** What was typed as conditions; `replaced` was taken out of its chip to be changed. */
  onConditions: (conditions: QueryCondition[], replaced: ConditionKey | null) => void;
};

type Typed = {
  text: string;
  /** The search text of the address when this was typed. */
  asked: string;
  caret: number;
  /** The condition whose chip was taken into the field. */
  changing: ConditionKey | null;
  isOpen: boolean;
  active: number;
  faults: QueryFault[];
};

/**
 * The field's own text runs ahead of the address, and follows it when the address changes from elsewhere. Words are
 * searched for as they are typed; a condition counts once its word is over, or with Enter.
 */
export function useQueryField({ filter, fieldRef, onText, onConditions }: QueryBarProps) {
  const asked = filter.q ?? "";
  const [typed, setTyped] = useState<Typed>(() => quiet(asked, asked));
  // The address was changed by something other than this field.
  if (typed.asked !== asked)
    setTyped(readTypedQuery(typed.text).q === asked ? { ...typed, asked } : quiet(asked, asked));
  const { from, completions } = useCompletions(typed.isOpen ? typed.text : null, typed.caret);

  const { q } = readTypedQuery(typed.text);
  useEffect(() => {
    if (q === asked) return;
    const timer = setTimeout(() => onText(q), TYPING_MS);
    return () => clearTimeout(timer);
  }, [q, asked, onText]);

  /** Takes whole conditions out of the text; tells faults only when nothing more is coming. */
  const take = (text: string, caret: number, isOver: boolean) => {
    const { conditions, faults } = readTypedQuery(text);
    const taken = isOver || isBetweenWords(text) ? conditions : [];
    if (taken.length > 0) onConditions(taken, typed.changing);
    const rest = withoutConditions(text, taken);
    setTyped({
      text: rest,
      asked,
      caret: taken.length > 0 ? rest.length : caret,
      changing: taken.length > 0 ? null : typed.changing,
      isOpen: !isOver,
      active: -1,
      faults: isOver && faults.length > 0 ? readTypedQuery(rest).faults : NO_FAULTS,
    });
  };
  const choose = (completion: Completion) => {
    const text = `${typed.text.slice(0, from)}${completion.text}${typed.text.slice(typed.caret)}`;
    take(text, from + completion.text.length, completion.isWhole);
    fieldRef.current?.focus();
  };
  const change = (name: ConditionKey) => {
    // The chip has a condition of that name; q has no chip.
    const text = withCondition(typed.text, { name, values: [filter[name] ?? []].flat() as string[] });
    setTyped({ ...quiet(text, asked), changing: name, isOpen: true });
    fieldRef.current?.focus();
  };
  return {
    ...typed,
    completions,
    type: (text: string, caret: number) => take(text, caret, false),
    moveCaret: (caret: number) => caret !== typed.caret && setTyped({ ...typed, caret }),
    step: (by: 1 | -1) => {
      const places = completions.length + 1; // and none of them
      setTyped({ ...typed, active: ((typed.active + 1 + by + places) % places) - 1 });
    },
    choose,
    enter: () => {
      const chosen = completions[typed.active];
      if (chosen) return choose(chosen);
      if (q !== asked) onText(q);
      return take(typed.text, typed.caret, true);
    },
    close: () => setTyped({ ...typed, isOpen: false, active: -1 }),
    // A chip that was not changed is a chip again.
    leave: () => setTyped({ ...(typed.changing === null ? typed : quiet(asked, asked)), isOpen: false }),
    change,
    changeLast: () => {
      const last = CONDITION_NAMES.findLast((name) => name !== "q" && narrows(filter, name));
      if (last) change(last);
    },
  };
}

function quiet(text: string, asked: string): Typed {
  return { text, asked, caret: text.length, changing: null, isOpen: false, active: -1, faults: NO_FAULTS };
}
