import { LabelledCheckbox } from "#components/ui/checkbox.tsx";
import { Severity } from "#components/ui/severity.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { SEVERITIES } from "#lib/domain/severities.ts";

type FacetLineProps = {
  option: { name: string; value: string; label: string; count: string; isChosen: boolean };
  onToggle: () => void;
};

/** One value with its count; the whole line chooses it. */
export function FacetLine({ option, onToggle }: FacetLineProps) {
  const severity = option.name === "severity" && SEVERITIES.find((one) => one === option.value);
  return (
    <div className="flex h-[27px] items-center rounded-sm px-2 hover:bg-raised max-md:h-10 [&>label]:min-w-0 [&>label]:flex-1">
      <LabelledCheckbox checked={option.isChosen} onChange={onToggle}>
        {severity ? (
          <Severity severity={severity} small />
        ) : (
          <UntrustedText text={option.label} className="min-w-0 truncate" />
        )}
        <span className={option.count === "0" ? "ml-auto pl-2 text-text-3/80" : "ml-auto pl-2 text-text-3"}>
          {option.count}
        </span>
      </LabelledCheckbox>
    </div>
  );
}
