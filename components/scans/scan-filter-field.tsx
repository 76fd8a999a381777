"use client";
import { useEffect, useState } from "react";
import { Icon } from "#components/ui/icon.tsx";

const TYPING_MS = 250;

/** Narrows the list by name; the address follows once the typing rests. */
export function ScanFilterField({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const [text, setText] = useState(q);
  useEffect(() => {
    if (text.trim() === q) return;
    const timer = setTimeout(() => onChange(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, q, onChange]);
  return (
    <search className="flex h-(--size-control) w-52 items-center gap-1.5 rounded-md border border-control px-2 focus-within:shadow-(--ring) max-md:h-9 max-md:w-full">
      <Icon name="search" className="text-text-3" />
      <input
        type="search"
        value={text}
        maxLength={140}
        onChange={(event) => setText(event.target.value)}
        aria-label="Filter by name"
        placeholder="Filter by name"
        className="min-w-0 flex-1 bg-transparent outline-none"
      />
    </search>
  );
}
