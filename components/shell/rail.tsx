"use client";
import NextLink from "next/link";
import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Logo } from "#components/ui/logo.tsx";
import { KeyboardHelp } from "./keyboard-help.tsx";
import { isWithin, PLACES } from "./places.ts";

export const RAIL_ENTRY =
  "relative flex h-[30px] w-full items-center gap-[9px] rounded-sm px-2 font-medium text-text-2 hover:bg-text/5 hover:text-text aria-[current]:bg-text/7 aria-[current]:text-text";
const MARK =
  "aria-[current]:before:absolute aria-[current]:before:inset-y-[7px] aria-[current]:before:-left-2 aria-[current]:before:w-0.5 aria-[current]:before:rounded-r-xs aria-[current]:before:bg-accent";

/** The way to every page. As icons, the names stay for screen readers and on hover. */
export function Rail({ pathname, isSmall }: { pathname: string; isSmall: boolean }) {
  const word = isSmall ? "sr-only" : "max-lg:sr-only";
  const centre = isSmall ? "justify-center px-0" : "max-lg:justify-center max-lg:px-0";
  return (
    <nav
      aria-label="Main"
      className="sticky top-0 flex h-dvh flex-col border-r border-line bg-canvas px-2 pb-2.5 max-md:hidden print:hidden"
    >
      <NextLink
        href="/"
        className={classNames(
          "mb-1.5 flex h-(--size-topbar) items-center gap-[9px] px-2 text-14 font-semibold tracking-[-0.012em]",
          centre,
        )}
      >
        <Logo />
        <span className={word}>Sightline</span>
      </NextLink>
      <ul className="grid gap-0.5">
        {PLACES.map(({ name, href, icon, section }) => (
          <li key={section}>
            <NextLink
              href={href}
              title={name}
              aria-current={isWithin(section, pathname) ? "page" : undefined}
              className={classNames(RAIL_ENTRY, MARK, centre)}
            >
              <Icon name={icon} />
              <span className={word}>{name}</span>
            </NextLink>
          </li>
        ))}
      </ul>
      <div className="mt-auto">
        <KeyboardHelp className={classNames(RAIL_ENTRY, centre)} wordClass={word} />
      </div>
    </nav>
  );
}
