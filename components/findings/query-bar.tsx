"use client";
import { type KeyboardEvent, useId } from "react";
import { Chip } from "#components/ui/chip.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import { toChips } from "./chips.ts";
import { optionId, QueryCompletions } from "./query-completions.tsx";
import { type QueryBarProps, useQueryField } from "./use-query-field.ts";

/** What the list is narrowed by, as chips, and a field to type the rest: words to search for, and `key:value`. */
export function QueryBar(props: QueryBarProps) {
  const { filter, facets, fieldRef, onRemove } = props;
  const field = useQueryField(props);
  const listId = useId();
  const faultId = useId();
  const isOpen = field.completions.length > 0;
  const [fault] = field.faults;
  return (
    <div className="relative mx-3.5 mt-2.5 max-md:mx-3">
      <search className="flex min-h-[34px] flex-wrap items-center gap-1.5 rounded-md border border-line-2 py-1 pr-1.5 pl-[9px] focus-within:shadow-(--ring)">
        <Icon name="search" className="text-text-3" />
        {toChips(filter, facets).map(({ name, label, operator, value }) =>
          name === field.changing ? null : (
            <Chip
              key={name}
              name={label}
              operator={operator}
              value={value}
              onEdit={() => field.change(name)}
              onRemove={() => onRemove(name)}
            />
          ),
        )}
        <input
          ref={fieldRef}
          type="search"
          role="combobox"
          aria-label="Search these findings"
          aria-autocomplete="list"
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          aria-activedescendant={isOpen && field.active >= 0 ? optionId(listId, field.active) : undefined}
          aria-invalid={fault !== undefined}
          aria-describedby={fault ? faultId : undefined}
          autoComplete="off"
          spellCheck={false}
          maxLength={2000}
          value={field.text}
          onChange={(event) => field.type(event.target.value, event.target.selectionStart ?? event.target.value.length)}
          onSelect={(event) => field.moveCaret(event.currentTarget.selectionStart ?? 0)}
          onBlur={field.leave}
          onKeyDown={(event) => onKey(event, field)}
          placeholder="CVE, package, path, resource, or severity:high"
          className="h-6 min-w-28 flex-1 bg-transparent px-0.5 outline-none max-md:h-8"
        />
        <span className="max-md:hidden" aria-hidden="true">
          <Kbd>/</Kbd>
        </span>
      </search>
      {isOpen ? (
        <QueryCompletions id={listId} completions={field.completions} active={field.active} onChoose={field.choose} />
      ) : null}
      {fault ? (
        <p id={faultId} role="alert" className="mt-1 text-12 text-bad-text">
          “{visibleText(field.text.slice(fault.from, fault.to))}”: {visibleText(fault.message)}.
        </p>
      ) : null}
    </div>
  );
}

const STEPS: Record<string, 1 | -1> = { ArrowDown: 1, ArrowUp: -1 };

function onKey(event: KeyboardEvent<HTMLInputElement>, field: ReturnType<typeof useQueryField>): void {
  const step = STEPS[event.key];
  const isOpen = field.completions.length > 0;
  if (step !== undefined && isOpen) {
    event.preventDefault();
    field.step(step);
  } else if (event.key === "Enter") {
    event.preventDefault();
    field.enter();
  } else if (event.key === "Escape") {
    if (isOpen) field.close();
    else event.currentTarget.blur();
  } else if (event.key === "Backspace" && field.text === "") {
    field.changeLast();
  }
}
