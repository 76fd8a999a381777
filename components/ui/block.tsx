import { type ReactNode, useId } from "react";
import { classNames } from "./class-names.ts";

/** A part of a page under its own heading: one line around it, no shadow. */
export function Block(props: {
  title: string;
  note?: ReactNode;
  actions?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}) {
  const { title, note, actions, flush, children } = props;
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 rounded-lg border border-line bg-surface">
      <header className="flex min-h-[42px] flex-wrap items-center gap-x-2.5 gap-y-1 px-3.5 pt-2.5 pb-[9px]">
        <h2 id={id}>{title}</h2>
        {note ? <p className="text-12 text-text-3">{note}</p> : null}
        {actions ? <div className="ml-auto flex items-center gap-2">{actions}</div> : null}
      </header>
      <div className={classNames(!flush && "px-3.5 pb-3.5")}>{children}</div>
    </section>
  );
}

/** The frame of a page that is read from the top: one heading, a line under it, what can be done. */
export function Page(props: { title: string; text?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  const { title, text, actions, children } = props;
  return (
    <div className="mx-auto w-full max-w-[calc(var(--container-page)+48px)] px-6 pt-5 pb-14 max-md:px-4 max-md:pt-4">
      <header className="mb-4 flex flex-wrap items-end gap-x-4 gap-y-2.5">
        <div>
          <h1>{title}</h1>
          {text ? <p className="mt-0.5 text-text-2">{text}</p> : null}
        </div>
        {actions ? <div className="ml-auto flex items-center gap-2 max-md:ml-0 max-md:w-full">{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}
