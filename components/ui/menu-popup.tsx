"use client";
import { Menu } from "@base-ui/react/menu";
import NextLink from "next/link";
import type { ReactElement, ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";
import type { Later } from "./later.ts";

const ITEM =
  "flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 outline-none select-none max-md:min-h-11 data-highlighted:bg-text/6 data-disabled:text-text-3";

export type MenuProps = {
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "end";
  /** Where what stands in it is fetched with it. */
  needs?: Later<object>;
  /** Where something else than its control opens it too. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
};

/** Comes when it is opened for the first time. */
export function MenuPopup({ trigger, children, align = "end", isOpen, onOpenChange }: MenuProps) {
  return (
    <Menu.Root modal={false} defaultOpen open={isOpen} onOpenChange={onOpenChange}>
      <Menu.Trigger render={trigger} />
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align={align} className="z-50 outline-none">
          <Menu.Popup className="floats max-h-(--available-height) min-w-44 overflow-y-auto rounded-lg bg-overlay p-1 shadow-overlay outline-none">
            {children}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

export type MenuItemProps = {
  icon?: IconName;
  onSelect: () => void;
  children: ReactNode;
  /** Why it cannot be chosen. It stays reachable, so that the reason can be read. */
  disabledReason?: string | null;
};

export function MenuItem({ icon, onSelect, children, disabledReason }: MenuItemProps) {
  return (
    <Menu.Item
      onClick={onSelect}
      disabled={Boolean(disabledReason)}
      title={disabledReason ?? undefined}
      className={ITEM}
    >
      {icon ? <Icon name={icon} className="text-text-3" /> : null}
      {children}
    </Menu.Item>
  );
}

export type MenuLinkProps = { icon?: IconName; href: string; children: ReactNode };

export function MenuLink({ icon, href, children }: MenuLinkProps) {
  return (
    <Menu.LinkItem closeOnClick render={<NextLink href={href} />} className={ITEM}>
      {icon ? <Icon name={icon} className="text-text-3" /> : null}
      {children}
    </Menu.LinkItem>
  );
}

export function MenuDownload({ href, children }: Omit<MenuLinkProps, "icon">) {
  return (
    <Menu.LinkItem closeOnClick render={<a download href={href} />} className={ITEM}>
      <Icon name="download" className="text-text-3" />
      {children}
    </Menu.LinkItem>
  );
}

export type MenuChoicesProps<Value extends string> = {
  label: string;
  choices: { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
};

export function MenuChoices<Value extends string>({ label, choices, value, onChange }: MenuChoicesProps<Value>) {
  return (
    <Menu.RadioGroup value={value} onValueChange={onChange}>
      <Menu.GroupLabel className="px-2 pt-1 pb-1.5 text-12 text-text-3">{label}</Menu.GroupLabel>
      {choices.map((choice) => (
        <Menu.RadioItem key={choice.value} value={choice.value} closeOnClick className={ITEM}>
          <span className="size-4">
            <Menu.RadioItemIndicator>
              <Icon name="check" />
            </Menu.RadioItemIndicator>
          </span>
          {choice.label}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

export type MenuChecksProps<Value extends string> = {
  choices: { value: Value; label: string }[];
  values: readonly Value[];
  onChange: (values: Value[]) => void;
};

export function MenuChecks<Value extends string>({ choices, values, onChange }: MenuChecksProps<Value>) {
  return choices.map(({ value, label }) => (
    <Menu.CheckboxItem
      key={value}
      checked={values.includes(value)}
      onCheckedChange={(isChosen) =>
        onChange(isChosen ? [...values, value] : values.filter((other) => other !== value))
      }
      className={ITEM}
    >
      <span className="size-4">
        <Menu.CheckboxItemIndicator>
          <Icon name="check" />
        </Menu.CheckboxItemIndicator>
      </span>
      {label}
    </Menu.CheckboxItem>
  ));
}
