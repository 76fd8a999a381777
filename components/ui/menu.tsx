"use client";
import { type ReactNode, useState } from "react";
import { ClosedTrigger, OpenedBoundary } from "./closed-trigger.tsx";
import { later, useLater } from "./later.ts";
import type { MenuChecksProps, MenuChoicesProps, MenuItemProps, MenuLinkProps, MenuProps } from "./menu-popup.tsx";

const popup = later(() => import("./menu-popup.tsx"));

/** A short list of acts or choices under the control that opens it; fetched when it is first opened. */
export function Menu(props: MenuProps) {
  return (
    <OpenedBoundary>
      <LaterMenu {...props} />
    </OpenedBoundary>
  );
}

function LaterMenu(props: MenuProps) {
  const { trigger, isOpen, onOpenChange, needs = popup } = props;
  const [wasOpened, setWasOpened] = useState(false);
  const isNeeded = wasOpened || isOpen === true;
  const parts = useLater(popup, isNeeded);
  const content = useLater<object>(needs, isNeeded);
  if (parts && content) return <parts.MenuPopup {...props} />;
  const near = () => {
    popup.fetch();
    needs.fetch();
  };
  const open = () => (onOpenChange ? onOpenChange(true) : setWasOpened(true));
  return <ClosedTrigger trigger={trigger} opens="menu" onNear={near} onOpen={open} />;
}

// What stands in a menu is only drawn once it is there.

export function MenuItem(props: MenuItemProps) {
  const parts = popup.here();
  return parts && <parts.MenuItem {...props} />;
}

export function MenuLink(props: MenuLinkProps) {
  const parts = popup.here();
  return parts && <parts.MenuLink {...props} />;
}

/** A file for the browser to save. */
export function MenuDownload(props: Omit<MenuLinkProps, "icon">) {
  const parts = popup.here();
  return parts && <parts.MenuDownload {...props} />;
}

/** One of the choices, marked. */
export function MenuChoices<Value extends string>(props: MenuChoicesProps<Value>) {
  const parts = popup.here();
  return parts && <parts.MenuChoices {...props} />;
}

/** Any number of the choices, marked. The menu stays open. */
export function MenuChecks<Value extends string>(props: MenuChecksProps<Value>) {
  const parts = popup.here();
  return parts && <parts.MenuChecks {...props} />;
}

/** Names what follows; not an act itself. */
export function MenuHead({ children }: { children: ReactNode }) {
  return <div className="px-2 pt-1 pb-1.5 text-12 text-text-3">{children}</div>;
}
