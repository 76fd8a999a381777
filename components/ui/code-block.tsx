import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { CopyButton } from "./copy-button.tsx";
import { Icon } from "./icon.tsx";
import { ScrollRegion } from "./scroll-region.tsx";
import { visibleCode, visibleText } from "./untrusted-text.tsx";

export type CodeLine = { number: number; content: string };
export type DiffLine = { kind: "same" | "added" | "removed"; number: number | null; content: string };

const LINE = "block w-max min-w-full pr-3 whitespace-pre";
const NUMBER = "inline-block w-10 pr-3 text-right text-text-3 select-none";

function Frame(props: {
  path: string;
  note?: string;
  label: string;
  copied: string;
  what: string;
  children: ReactNode;
}) {
  const { path, note, label, copied, what, children } = props;
  return (
    <div className="overflow-hidden rounded-md border border-line bg-surface">
      <div className="flex h-8 items-center gap-2 border-b border-line bg-raised pr-1.5 pl-2.5 text-text-2">
        <Icon name="file" />
        <code className="min-w-0 truncate text-[11.5px]" title={visibleText(path)}>
          <bdi>{visibleText(path)}</bdi>
        </code>
        {note ? <code className="ml-auto text-[11.5px] text-text-3">{note}</code> : null}
        <span className={note ? "" : "ml-auto"}>
          <CopyButton text={copied} what={what} />
        </span>
      </div>
      <ScrollRegion label={label} className="overflow-x-auto py-1.5 focus-visible:outline-offset-[-2px]">
        <pre className="text-12 leading-5 [tab-size:2]">{children}</pre>
      </ScrollRegion>
    </div>
  );
}

/** Lines of a file with those between `markedFrom` and `markedTo` marked. It scrolls sideways on its own. */
export function CodeBlock(props: { path: string; lines: CodeLine[]; markedFrom: number; markedTo: number }) {
  const { path, lines, markedFrom, markedTo } = props;
  const marked = markedFrom === markedTo ? `line ${markedFrom}` : `lines ${markedFrom} to ${markedTo}`;
  return (
    <Frame
      path={path}
      label={`Code with ${marked} marked`}
      copied={lines.map((line) => line.content).join("\n")}
      what="the code"
    >
      {lines.map(({ number, content }) => {
        const isMarked = number >= markedFrom && number <= markedTo;
        return (
          <span
            key={number}
            data-marked={isMarked || undefined}
            className={classNames(LINE, isMarked && "bg-code-mark shadow-[inset_2px_0_var(--color-code-mark-line)]")}
          >
            <span className={NUMBER}>{number}</span>
            {visibleCode(content)}
            {"\n"}
          </span>
        );
      })}
    </Frame>
  );
}

const DIFF_LOOKS: Record<DiffLine["kind"], { sign: string; word: string; look: string }> = {
  same: { sign: " ", word: "", look: "" },
  added: { sign: "+", word: "Added: ", look: "bg-diff-add text-diff-add-text" },
  removed: { sign: "\u2212", word: "Removed: ", look: "bg-diff-del text-diff-del-text" },
};

/** A change to a file, line by line, with its signs; colour is not needed to read it. */
export function DiffBlock({ path, lines, copied }: { path: string; lines: DiffLine[]; copied: string }) {
  const added = lines.filter((line) => line.kind === "added").length;
  const removed = lines.filter((line) => line.kind === "removed").length;
  return (
    <Frame
      path={path}
      note={`+${added} \u2212${removed}`}
      label="Suggested fix as a diff"
      copied={copied}
      what="the suggested code"
    >
      {lines.map((line, index) => {
        const { sign, word, look } = DIFF_LOOKS[line.kind];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change their order, and may repeat
          <span key={index} className={classNames(LINE, look)}>
            <span className={NUMBER}>{line.number}</span>
            <span aria-hidden="true" className="inline-block w-4 select-none">
              {sign}
            </span>
            <span className="sr-only">{word}</span>
            {visibleCode(line.content)}
            {"\n"}
          </span>
        );
      })}
    </Frame>
  );
}
