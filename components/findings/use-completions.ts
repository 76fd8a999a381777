"use client";
import { useQuery } from "@tanstack/react-query";
import { useNow } from "#components/ui/clock.tsx";
import { suggestionsQuery } from "#lib/client/findings.ts";
import { printCondition, QUERY_KEYS } from "#lib/domain/finding-query.ts";
import type { Suggestion } from "#lib/domain/suggestion.ts";
import { type Beginning, beginningAt, type Completion, completionsOf, suggestedField } from "./completions.ts";

/** Fewer letters occur in everything. */
const LETTERS = 2;

/** What may come next at the caret: what the page knows, then what the dictionaries have. `text: null` = nothing. */
export function useCompletions(text: string | null, caret: number): { from: number; completions: Completion[] } {
  const now = useNow();
  const beginning = beginningAt(text ?? "", caret);
  const field = suggestedField(beginning.field);
  const isAsked =
    text !== null && (field !== undefined || (beginning.field === null && beginning.typed.length >= LETTERS));
  const { data } = useQuery({ ...suggestionsQuery(beginning.typed, field), enabled: isAsked });
  if (text === null) return { from: caret, completions: [] };
  const suggested = isAsked ? (data?.items ?? []).map((one) => toCompletion(one, beginning)) : [];
  return { from: beginning.from, completions: [...completionsOf(beginning, now), ...suggested] };
}

function toCompletion({ field, value, about }: Suggestion, beginning: Beginning): Completion {
  const whole = printCondition({ name: field, values: [value] });
  const key = QUERY_KEYS[field];
  // A resource is known by its name; its id is what the filter takes.
  const [label, more] = field === "resourceId" ? [about || value, value] : [value, about ?? ""];
  return beginning.field === null
    ? { text: whole, label, about: key, isWhole: true }
    : { text: whole.slice(key.length + 1), label, about: more, isWhole: true };
}
