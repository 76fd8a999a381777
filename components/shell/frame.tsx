"use client";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { classNames } from "#components/ui/class-names.ts";
import { KnownTeams } from "./known-teams.tsx";
import { Rail } from "./rail.tsx";
import { TabBar } from "./tab-bar.tsx";

/**
 * Rail at the left, the page beside it, a bar at the bottom of small screens. The findings list is a workspace: it fills
 * the window, its panes scroll on their own, and the rail shrinks to icons.
 */
export function Frame({ top, children }: { top: ReactNode; children: ReactNode }) {
  const pathname = usePathname();
  const isWorkspace = pathname === "/findings";
  return (
    <div
      className={classNames(
        "grid min-h-dvh grid-cols-[minmax(0,1fr)] md:grid-cols-[var(--size-rail-small)_minmax(0,1fr)] print:block",
        isWorkspace
          ? "md:h-dvh md:grid-rows-[minmax(0,1fr)] md:overflow-hidden"
          : "lg:grid-cols-[var(--size-rail)_minmax(0,1fr)]",
      )}
    >
      <a
        href="#content"
        className="fixed top-2 left-2 z-90 -translate-y-20 rounded-md bg-overlay px-3 py-2 shadow-overlay focus:translate-y-0 print:hidden"
      >
        Skip to content
      </a>
      <Rail pathname={pathname} isSmall={isWorkspace} />
      <div className="flex min-h-0 min-w-0 flex-col bg-surface">
        {top}
        <main id="content" tabIndex={-1} className={classNames("min-h-0 min-w-0 flex-1 outline-none", "max-md:pb-17")}>
          <KnownTeams>{children}</KnownTeams>
        </main>
      </div>
      <TabBar pathname={pathname} />
    </div>
  );
}
