import NextLink from "next/link";
import { Icon } from "#components/ui/icon.tsx";
import { isWithin, PLACES } from "./places.ts";

/** The rail of a small screen. */
export function TabBar({ pathname }: { pathname: string }) {
  return (
    <nav
      aria-label="Main, small screen"
      className="fixed inset-x-0 bottom-0 z-40 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden print:hidden"
    >
      <ul className="flex">
        {PLACES.map(({ name, href, icon, section }) => (
          <li key={section} className="min-w-11 flex-auto">
            <NextLink
              href={href}
              aria-current={isWithin(section, pathname) ? "page" : undefined}
              className="group grid min-h-[52px] justify-items-center gap-0.5 pt-2 pb-[7px] text-11 leading-[14px] font-medium text-text-3 aria-[current]:text-text"
            >
              <Icon name={icon} className="size-5 group-aria-[current]:text-accent-text" />
              <span className="max-w-full truncate px-px">{name}</span>
            </NextLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
