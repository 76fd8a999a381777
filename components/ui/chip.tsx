"use client";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";
import { visibleText } from "./untrusted-text.tsx";

type ChipProps = { name: string; operator: string; value: string; onEdit?: () => void; onRemove: () => void };

/** One condition of a list: what, how, which; the way to change it, and its way out. */
export function Chip({ name, operator, value, onEdit, onRemove }: ChipProps) {
  const shown = visibleText(value);
  return (
    <span className="inline-flex h-6 max-w-full items-center overflow-hidden rounded-sm border border-line-2 bg-surface text-12 whitespace-nowrap">
      <Words onEdit={onEdit}>
        {/* The spaces are for those who hear it: a flex box draws none. */}
        <span className="pl-[7px] text-text-3">{name}</span> <span className="px-1 text-text-3">{operator}</span>{" "}
        <bdi className="truncate pr-[7px] font-medium" title={shown}>
          {shown}
        </bdi>
      </Words>
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

function Words({ onEdit, children }: { onEdit?: () => void; children: ReactNode }) {
  if (!onEdit) return children;
  return (
    <button
      type="button"
      onClick={onEdit}
      className="flex h-full min-w-0 items-center hover:bg-raised focus-visible:outline-offset-[-2px]"
    >
      <span className="sr-only">Change filter: </span>
      {children}
    </button>
  );
}
