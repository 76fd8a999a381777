import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon, type IconName } from "./icon.tsx";

export type Tone = "plain" | "line" | "ok" | "warn" | "bad" | "note";
const TONES: Record<Tone, string> = {
  plain: "bg-inset text-text-2",
  line: "border border-line-2 text-text-2",
  ok: "bg-ok-soft text-ok-text",
  warn: "bg-warn-soft text-warn-text",
  bad: "bg-bad-soft text-bad-text",
  note: "bg-note-soft text-note-text",
};

/** A fact in a word or two. A tone says the state of work or of data, never a severity. */
export function Tag(props: { tone?: Tone; icon?: IconName; title?: string; children: ReactNode }) {
  const { tone = "plain", icon, title, children } = props;
  return (
    <span
      title={title}
      className={classNames(
        "inline-flex h-5 items-center align-top gap-1 rounded-xs px-1.5 text-11 font-medium whitespace-nowrap",
        TONES[tone],
      )}
    >
      {icon ? <Icon name={icon} className="size-3" /> : null}
      {children}
    </span>
  );
}

/** Exploited is a fact, not a severity: crosshair, strong text, outline. */
export function ExploitedTag({ word = "Exploited", title }: { word?: string; title?: string }) {
  return (
    <span
      title={title}
      className="inline-flex h-5 items-center align-top gap-1 rounded-xs px-1.5 text-11 font-semibold whitespace-nowrap border border-control"
    >
      <Icon name="target" className="size-3" />
      {word}
    </span>
  );
}
