import type { ReactNode } from "react";

const SECTIONS = [
  { id: "open", title: "Open" },
  { id: "why", title: "Why it moved" },
  { id: "flow", title: "New and closed" },
  { id: "age", title: "Speed and age" },
  { id: "movers", title: "What changed most" },
  { id: "code", title: "Code scans" },
] as const;
export type SectionId = (typeof SECTIONS)[number]["id"];

/** The ways to the parts of a long page. */
export function SectionLinks() {
  return (
    <nav aria-label="On this page" className="flex flex-wrap gap-x-4 gap-y-1 text-12 print:hidden">
      {SECTIONS.map(({ id, title }) => (
        <a key={id} href={`#${id}`} className="touch-target text-text-2 hover:text-text hover:underline">
          {title}
        </a>
      ))}
    </nav>
  );
}

/** One part of the page. It ends up below the top bar when it is gone to. */
export function Section({ id, children }: { id: SectionId; children: ReactNode }) {
  return (
    <div id={id} className="grid min-w-0 scroll-mt-16 gap-4">
      {children}
    </div>
  );
}
