"use client";
import { usePathname, useRouter } from "next/navigation";
import { useRef } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Kbd } from "#components/ui/kbd.tsx";

/** Searches all open findings from any page. Works as a plain form before the page is alive. */
export function SearchBox() {
  const router = useRouter();
  // The list has a search of its own, and a small screen no room for two.
  const isInList = usePathname() === "/findings";
  const field = useRef<HTMLInputElement>(null);
  return (
    <search className={classNames("min-w-0 max-md:flex-1", isInList && "max-md:hidden")}>
      <form
        action="/findings"
        onSubmit={(event) => {
          event.preventDefault();
          router.push(`/findings?${new URLSearchParams({ status: "active", q: field.current?.value.trim() ?? "" })}`);
        }}
        className="flex h-(--size-control) w-[330px] max-w-full items-center gap-2 rounded-md border border-line bg-raised pr-[7px] pl-[9px] text-text-3 focus-within:shadow-(--ring) hover:border-line-2 max-md:h-9 max-md:w-full"
      >
        <Icon name="search" />
        <input type="hidden" name="status" value="active" />
        <input
          ref={field}
          type="search"
          name="q"
          maxLength={200}
          aria-label="Search all open findings"
          placeholder="Search CVE, package, resource"
          className="min-w-0 flex-1 bg-transparent text-text outline-none"
        />
        <span className="max-md:hidden" aria-hidden="true">
          <Kbd>↵</Kbd>
        </span>
      </form>
    </search>
  );
}
