"use client";
import { Icon } from "./icon.tsx";
import { visibleText } from "./untrusted-text.tsx";

/** One condition of a list: what, how, which; and its way out. */
export function Chip(props: { name: string; operator: string; value: string; onRemove: () => void }) {
  const { name, operator, value, onRemove } = props;
  const shown = visibleText(value);
  return (
    <span className="inline-flex h-6 max-w-full items-center overflow-hidden rounded-sm border border-line-2 bg-surface text-12 whitespace-nowrap">
      <span className="pl-[7px] text-text-3">{name}</span>
      <span className="px-1 text-text-3">{operator}</span>
      <bdi className="truncate pr-[7px] font-medium" title={shown}>
        {shown}
      </bdi>
      <button
        type="button"
        onClick={onRemove}
        aria-label={`Remove filter: ${name} ${operator} ${shown}`}
        className="touch-target grid h-full flex-none place-items-center border-l border-line px-[5px] text-text-3 hover:bg-raised hover:text-text focus-visible:outline-offset-[-2px]"
      >
        <Icon name="close" className="size-3" />
      </button>
    </span>
  );
}
