import NextLink from "next/link";
import type { ComponentProps, MouseEvent, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon, type IconName } from "./icon.tsx";

type Look = "rest" | "main" | "ghost" | "danger";
type Size = "regular" | "small";

const LOOKS: Record<Look, string> = {
  rest: "border-line-2 bg-surface shadow-control hover:border-control hover:bg-raised active:bg-inset",
  main: "border-primary bg-primary text-on-primary shadow-control hover:bg-primary/88 active:bg-primary/80",
  ghost: "border-transparent bg-transparent hover:bg-text/6 active:bg-text/10",
  danger:
    "border-line-2 bg-surface text-bad-text shadow-control hover:border-control hover:bg-bad-soft active:bg-inset",
};
const SIZES: Record<Size, string> = {
  regular: "h-(--size-control) gap-1.5 rounded-md max-md:h-9",
  small: "h-[26px] gap-1.5 rounded-sm text-12 max-md:h-9",
};
/** Room for words at the sides, or a square for an icon alone. */
const SHAPES = {
  words: { regular: "px-[11px]", small: "px-2" },
  square: { regular: "w-(--size-control) max-md:w-9", small: "w-[26px] max-md:w-9" },
} satisfies Record<string, Record<Size, string>>;
type Shape = keyof typeof SHAPES;
const REFUSED = "cursor-not-allowed bg-raised text-text-3 shadow-none hover:bg-raised hover:border-line-2";

type ButtonLook = { look: Look; size: Size; shape?: Shape };

function buttonClass({ look, size, shape = "words" }: ButtonLook, ...more: (string | false | undefined)[]): string {
  return classNames(
    "touch-target inline-flex flex-none items-center justify-center border font-medium whitespace-nowrap select-none print:hidden",
    "transition-[background-color,border-color] duration-(--duration-fast)",
    LOOKS[look],
    SIZES[size],
    SHAPES[shape][size],
    ...more,
  );
}
const iconTone = (look: Look): string =>
  classNames("-ml-0.5", look === "rest" || look === "ghost" ? "text-text-3" : "text-inherit");

export type ButtonProps = Omit<ComponentProps<"button">, "disabled"> & {
  look?: Look;
  size?: Size;
  shape?: Shape;
  icon?: IconName;
  /** Busy keeps the width and refuses another press. */
  busy?: boolean;
  /** Why it cannot be pressed. The button stays reachable, so that the reason can be read. */
  disabledReason?: string | null;
};

/** One main button a view. The words say the act: "Suppress 3 until 24 Dec", never "OK". */
export function Button(props: ButtonProps) {
  const {
    look = "rest",
    size = "regular",
    shape,
    icon,
    busy,
    disabledReason,
    className,
    children,
    onClick,
    ...rest
  } = props;
  const isRefused = Boolean(disabledReason) || busy === true;
  const press = (event: MouseEvent<HTMLButtonElement>) => (isRefused ? event.preventDefault() : onClick?.(event));
  return (
    <button
      type="button"
      {...rest}
      onClick={press}
      aria-disabled={isRefused || undefined}
      aria-busy={busy || undefined}
      title={disabledReason ?? rest.title}
      className={buttonClass({ look, size, shape }, isRefused && REFUSED, className)}
    >
      {busy ? <Icon name="ring" className="-ml-0.5 animate-spin motion-reduce:animate-none" /> : null}
      {icon && !busy ? <Icon name={icon} className={iconTone(look)} /> : null}
      {children}
    </button>
  );
}

/** A link that looks like a button: it goes somewhere, and can be opened in another tab. */
export function ButtonLink(
  props: ComponentProps<typeof NextLink> & { look?: Look; size?: Size; shape?: Shape; icon?: IconName },
) {
  const { look = "rest", size = "regular", shape, icon, className, children, ...rest } = props;
  return (
    <NextLink {...rest} className={buttonClass({ look, size, shape }, className)}>
      {icon ? <Icon name={icon} className={iconTone(look)} /> : null}
      {children}
    </NextLink>
  );
}

/** A link to a file: the browser saves it, the page stays. */
export function DownloadLink(props: ComponentProps<"a"> & { href: string; look?: Look; size?: Size; icon?: IconName }) {
  const { look = "rest", size = "regular", icon = "download", className, children, ...rest } = props;
  return (
    <a download {...rest} className={buttonClass({ look, size }, className)}>
      <Icon name={icon} className={iconTone(look)} />
      {children}
    </a>
  );
}

type IconButtonProps = Omit<ButtonProps, "children" | "icon"> & { label: string; icon: IconName; shortcut?: string };

/** Named by `label`, with its key in brackets: "Close (Esc)". */
export function IconButton({ label, icon, shortcut, size = "regular", look = "ghost", ...rest }: IconButtonProps) {
  const name = shortcut ? `${label} (${shortcut})` : label;
  return (
    <Button {...rest} look={look} size={size} aria-label={name} title={rest.disabledReason ?? name} shape="square">
      {rest.busy ? null : <Icon name={icon} className="text-text-2" />}
    </Button>
  );
}

/** The same for what goes somewhere. */
export function IconLink(
  props: Omit<ComponentProps<typeof NextLink>, "children"> & { label: string; icon: IconName; size?: Size },
) {
  const { label, icon, size = "regular", className, ...rest } = props;
  return (
    <ButtonLink
      {...rest}
      look="ghost"
      size={size}
      aria-label={label}
      title={label}
      shape="square"
      className={className}
    >
      <Icon name={icon} className="text-text-2" />
    </ButtonLink>
  );
}

/** Text with a link's look inside a sentence; opens another site only when the address is https. */
export function OutsideLink({ href, children }: { href: string; children: ReactNode }) {
  if (!URL.canParse(href) || new URL(href).protocol !== "https:") return <span className="break-all">{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className="link">
      {children}
      <Icon name="external" className="ml-1 inline size-3 align-[-1px]" />
      <span className="sr-only"> (opens another site)</span>
    </a>
  );
}
