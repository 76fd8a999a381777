"use client";
import { Menu as BaseMenu } from "@base-ui/react/menu";
import NextLink from "next/link";
import type { ReactElement, ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";

const ITEM =
  "flex min-h-8 cursor-default items-center gap-2 rounded-sm px-2 outline-none select-none max-md:min-h-11 data-highlighted:bg-text/6 data-disabled:text-text-3";

/** A short list of acts or choices under the control that opens it. */
export function Menu(props: {
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "end";
  /** Where something else than its control opens it too. */
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}) {
  const { trigger, children, align = "end", isOpen, onOpenChange } = props;
  return (
    <BaseMenu.Root modal={false} open={isOpen} onOpenChange={onOpenChange}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner sideOffset={6} align={align} className="z-50 outline-none">
          <BaseMenu.Popup className="floats min-w-44 rounded-lg bg-overlay p-1 shadow-overlay outline-none">
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

export function MenuItem(props: {
  icon?: IconName;
  onSelect: () => void;
  children: ReactNode;
  /** Why it cannot be chosen. It stays reachable, so that the reason can be read. */
  disabledReason?: string | null;
}) {
  const { icon, onSelect, children, disabledReason } = props;
  return (
    <BaseMenu.Item
      onClick={onSelect}
      disabled={Boolean(disabledReason)}
      title={disabledReason ?? undefined}
      className={ITEM}
    >
      {icon ? <Icon name={icon} className="text-text-3" /> : null}
      {children}
    </BaseMenu.Item>
  );
}

export function MenuLink({ icon, href, children }: { icon?: IconName; href: string; children: ReactNode }) {
  return (
    <BaseMenu.LinkItem closeOnClick render={<NextLink href={href} />} className={ITEM}>
      {icon ? <Icon name={icon} className="text-text-3" /> : null}
      {children}
    </BaseMenu.LinkItem>
  );
}

/** A file for the browser to save. */
export function MenuDownload({ href, children }: { href: string; children: ReactNode }) {
  return (
    <BaseMenu.LinkItem closeOnClick render={<a download href={href} />} className={ITEM}>
      <Icon name="download" className="text-text-3" />
      {children}
    </BaseMenu.LinkItem>
  );
}

/** Names what follows; not an act itself. */
export function MenuHead({ children }: { children: ReactNode }) {
  return <div className="px-2 pt-1 pb-1.5 text-12 text-text-3">{children}</div>;
}

/** One of the choices, marked. */
export function MenuChoices<Value extends string>(props: {
  label: string;
  choices: { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  const { label, choices, value, onChange } = props;
  return (
    <BaseMenu.RadioGroup value={value} onValueChange={onChange}>
      <BaseMenu.GroupLabel className="px-2 pt-1 pb-1.5 text-12 text-text-3">{label}</BaseMenu.GroupLabel>
      {choices.map((choice) => (
        <BaseMenu.RadioItem key={choice.value} value={choice.value} closeOnClick className={ITEM}>
          <span className="size-4">
            <BaseMenu.RadioItemIndicator>
              <Icon name="check" />
            </BaseMenu.RadioItemIndicator>
          </span>
          {choice.label}
        </BaseMenu.RadioItem>
      ))}
    </BaseMenu.RadioGroup>
  );
}
