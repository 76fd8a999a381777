import NextLink from "next/link";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { Menu, MenuLink } from "#components/ui/menu.tsx";
import { isWithin, PLACES } from "./places.ts";

/** As many as a window of 320 px has room for, with their whole names. */
const SHOWN = 4;
const [FIRST, MORE] = [PLACES.slice(0, SHOWN), PLACES.slice(SHOWN)];

const TAB =
  "group grid min-h-[52px] w-full justify-items-center gap-0.5 pt-2 pb-[7px] text-11 leading-[14px] font-medium text-text-3 aria-[current]:text-text";

/** The rail of a small screen: the first places, and the others behind the last one. */
export function TabBar({ pathname }: { pathname: string }) {
  return (
    <nav
      aria-label="Main, small screen"
      className="fixed inset-x-0 bottom-0 z-40 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden print:hidden"
    >
      <ul className="grid grid-cols-5">
        {FIRST.map(({ name, href, icon, section }) => (
          <li key={section}>
            <NextLink href={href} aria-current={isWithin(section, pathname) ? "page" : undefined} className={TAB}>
              <Tab icon={icon} name={name} />
            </NextLink>
          </li>
        ))}
        <li>
          <Menu
            trigger={
              <button
                type="button"
                aria-current={MORE.some(({ section }) => isWithin(section, pathname)) || undefined}
                className={TAB}
              >
                <Tab icon="more" name="More" />
              </button>
            }
          >
            {MORE.map(({ name, href, icon, section }) => (
              <MenuLink key={section} href={href} icon={isWithin(section, pathname) ? "check" : icon}>
                {name}
              </MenuLink>
            ))}
          </Menu>
        </li>
      </ul>
    </nav>
  );
}

function Tab({ icon, name }: { icon: IconName; name: string }) {
  return (
    <>
      <Icon name={icon} className="size-5 group-aria-[current]:text-accent-text" />
      {name}
    </>
  );
}
