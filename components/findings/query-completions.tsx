import { classNames } from "#components/ui/class-names.ts";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { Completion } from "./completions.ts";

type QueryCompletionsProps = {
  id: string;
  completions: Completion[];
  /** The one that Enter takes; -1 = none. */
  active: number;
  onChoose: (completion: Completion) => void;
};

export const optionId = (listId: string, index: number): string => `${listId}-${index}`;

/** What may come next, under the field. The field keeps the focus. */
export function QueryCompletions({ id, completions, active, onChoose }: QueryCompletionsProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Suggestions"
      className="absolute inset-x-0 top-full z-40 mt-1 max-h-80 overflow-y-auto rounded-lg bg-overlay p-1 shadow-overlay"
    >
      {completions.map((completion, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus
        // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and says which option is active
        <div
          key={completion.text}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          // Before the field loses its focus.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(completion)}
          className={classNames(
            "flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 hover:bg-text/6 max-md:min-h-11",
            index === active && "bg-text/6",
          )}
        >
          <UntrustedText text={completion.label} className="truncate font-medium" />
          <UntrustedText text={completion.about} className="ml-auto truncate pl-2 text-12 text-text-3" />
        </div>
      ))}
    </div>
  );
}
