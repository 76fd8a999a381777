import type { ReactNode } from "react";

/** What scrolls on its own can be reached and scrolled by keyboard. A figure: it has a name, and is no landmark. */
export function ScrollRegion({
  label,
  className,
  children,
}: {
  label: string;
  className: string;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot scroll
    <figure tabIndex={0} aria-label={label} className={className}>
      {children}
    </figure>
  );
}
