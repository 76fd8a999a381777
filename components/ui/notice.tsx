import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon, type IconName } from "./icon.tsx";

/**
 * Stands where content would be: nothing there, or it did not load. The text says what happened, what is safe, and what
 * to do; `children` are the ways on.
 */
export function EmptyNotice(props: {
  icon: IconName;
  title: string;
  text?: ReactNode;
  children?: ReactNode;
  heading?: "h1" | "h2";
}) {
  const { icon, title, text, children, heading: Heading = "h2" } = props;
  return (
    <div className="grid h-full min-h-60 content-center justify-items-center gap-1 px-6 py-9 text-center">
      <Icon name={icon} className="mb-1.5 size-[22px] text-text-3" />
      <Heading className="text-14 tracking-normal">{title}</Heading>
      {text ? <p className="max-w-[48ch] text-pretty text-text-2">{text}</p> : null}
      {children ? <div className="mt-3 flex flex-wrap justify-center gap-2">{children}</div> : null}
    </div>
  );
}

/** The same for a failure, announced at once. */
export function ErrorNotice(props: {
  title: string;
  text: ReactNode;
  reference?: string | null;
  children?: ReactNode;
  heading?: "h1" | "h2";
}) {
  const { title, text, reference, children, heading } = props;
  return (
    <div role="alert">
      <EmptyNotice
        icon="warn"
        title={title}
        heading={heading}
        text={
          <>
            {text}
            {reference ? (
              <span className="mt-1 block text-12 text-text-3">
                Reference <code>{reference}</code>
              </span>
            ) : null}
          </>
        }
      >
        {children}
      </EmptyNotice>
    </div>
  );
}

const BANNERS = {
  note: { icon: "info", ground: "bg-note-soft", tone: "text-note-text" },
  ok: { icon: "check", ground: "bg-ok-soft", tone: "text-ok-text" },
  stale: { icon: "clock", ground: "bg-warn-soft", tone: "text-warn-text" },
  refused: { icon: "lock", ground: "bg-bad-soft", tone: "text-bad-text" },
  error: { icon: "warn", ground: "bg-bad-soft", tone: "text-bad-text" },
} satisfies Record<string, { icon: IconName; ground: string; tone: string }>;

/** A line about the content beside or below it. `kind="error"` is announced at once. */
export function Banner({ kind, children }: { kind: keyof typeof BANNERS; children: ReactNode }) {
  const { icon, ground, tone } = BANNERS[kind];
  return (
    <div
      role={kind === "error" ? "alert" : "status"}
      className={classNames("flex gap-2.5 rounded-md px-3 py-2.5 text-text-2", ground)}
    >
      <Icon name={icon} className={classNames("mt-0.5", tone)} />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  );
}
