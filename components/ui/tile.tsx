import NextLink from "next/link";
import type { ReactNode } from "react";
import { Icon } from "./icon.tsx";

/** A row of headline numbers in one frame; on a small screen two beside each other, and the last of an odd number alone. */
export function Tiles({ label, children }: { label: string; children: ReactNode }) {
  return (
    <section
      aria-label={label}
      className="grid auto-cols-fr gap-px overflow-hidden rounded-lg border border-line bg-line max-lg:grid-cols-2 max-lg:[&>:last-child:nth-child(odd)]:col-span-2 lg:grid-flow-col"
    >
      {children}
    </section>
  );
}

/** Headline numbers under one name, with what supports them. The height is the same while they load. */
export function Tile(props: {
  icon: ReactNode;
  name: string;
  /** The address of its definition. */
  countedHref: string;
  support: ReactNode;
  children: ReactNode;
}) {
  const { icon, name, countedHref, support, children } = props;
  return (
    <dl className="min-h-[112px] min-w-0 bg-surface px-4 py-3">
      <dt className="flex items-center gap-2 text-text-2">
        {icon}
        {name}
        <NextLink
          href={countedHref}
          prefetch={false}
          title="How this is counted"
          className="touch-target ml-auto text-text-3 hover:text-text print:hidden"
        >
          <Icon name="help" className="size-3.5" />
          <span className="sr-only">How this is counted: {name}</span>
        </NextLink>
      </dt>
      <dd className="mt-1">
        <span className="flex flex-wrap items-baseline gap-x-2">{children}</span>
        <span className="mt-1 block text-12 text-text-3">{support}</span>
      </dd>
    </dl>
  );
}

/** A headline number that opens what it counts, with its unit or its change beside it. */
export function Headline({ href, value, beside }: { href: string; value: string; beside?: ReactNode }) {
  return (
    <span>
      <NextLink
        href={href}
        prefetch={false}
        className="mr-1.5 text-30 font-semibold tracking-[-0.02em] hover:underline"
      >
        {value}
      </NextLink>
      {beside ? <span className="text-text-2">{beside}</span> : null}
    </span>
  );
}
