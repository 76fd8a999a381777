"use client";
import NextLink from "next/link";
import { classNames } from "./class-names.ts";

const GROUP = "inline-flex gap-px rounded-md bg-inset p-0.5";
const PART = "flex h-[26px] items-center gap-1.5 rounded-sm px-2.5 text-12 font-medium whitespace-nowrap max-md:h-9";
const partClass = (isChosen: boolean): string =>
  classNames(
    PART,
    isChosen
      ? "bg-chosen text-text shadow-[0_0_0_1px_var(--color-line),var(--shadow-control)]"
      : "text-text-2 hover:text-text",
  );

/** One of a few choices, all of them in sight. */
export function Segmented<Value extends string>(props: {
  label: string;
  options: { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  const { label, options, value, onChange } = props;
  return (
    <fieldset className={classNames(GROUP, "max-w-full min-w-0 flex-wrap")} aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={partClass(option.value === value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}

/** The parts of a page that have addresses of their own. */
export function TabLinks({
  label,
  tabs,
}: {
  label: string;
  tabs: { href: string; label: string; isCurrent: boolean }[];
}) {
  return (
    <nav aria-label={label} className={classNames(GROUP, "max-w-full overflow-x-auto")}>
      {tabs.map((tab) => (
        <NextLink
          key={tab.href}
          href={tab.href}
          aria-current={tab.isCurrent ? "page" : undefined}
          className={partClass(tab.isCurrent)}
        >
          {tab.label}
        </NextLink>
      ))}
    </nav>
  );
}
