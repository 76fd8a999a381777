import { CodeBlock, DiffBlock } from "#components/ui/code-block.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { UntrustedText, visibleText } from "#components/ui/untrusted-text.tsx";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import { toDiffLines } from "./diff-lines.ts";
import { shortPath } from "./finding-noun.ts";

type Code = NonNullable<FindingWithDetail["detail"]["code"]>;
const SKELETON_WIDTHS = ["62%", "48%", "80%", "70%", "36%", "54%"];

/** The lines that the finding is about, or why they are not here. */
export function CodeSection({ code, state }: { code: Code; state: FindingWithDetail["codeState"] }) {
  if (state === "loading") {
    return (
      <div role="status" className="grid gap-2.5 rounded-md border border-line p-3">
        <span className="text-12 text-text-3">Asking the source for the code</span>
        {SKELETON_WIDTHS.map((width) => (
          <Skeleton key={width} width={width} />
        ))}
      </div>
    );
  }
  if (code.snippet.length === 0) {
    return (
      <p className="text-text-2">
        The source did not give the code. It lies in{" "}
        <code className="wrap-anywhere">
          <UntrustedText text={`${code.path}:${code.startLine}`} />
        </code>
        .
      </p>
    );
  }
  return <CodeBlock path={code.path} lines={code.snippet} markedFrom={code.startLine} markedTo={code.endLine} />;
}

const STEP_WORDS: Record<Code["steps"][number]["label"], string> = {
  source: "Comes in",
  step: "Passes",
  sink: "Reaches",
};

/** The way of the value, from where it comes in to where it does harm. */
export function TaintSteps({ steps }: { steps: Code["steps"] }) {
  if (steps.length === 0) return null;
  return (
    <ol aria-label="The way of the value" className="grid">
      {steps.map((step, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: a value may pass the same line twice
          key={index}
          className="relative grid grid-cols-[66px_104px_minmax(0,1fr)] gap-2 py-1 pl-4 text-12 before:absolute before:top-2.5 before:left-[3px] before:size-1.5 before:rounded-full before:bg-control not-last:after:absolute not-last:after:top-[18px] not-last:after:-bottom-2 not-last:after:left-[5.5px] not-last:after:w-px not-last:after:bg-line-2 last:before:bg-bad"
        >
          <b className="font-medium">{STEP_WORDS[step.label]}</b>
          <code className="truncate text-[11.5px] text-text-2" title={visibleText(`${step.path}:${step.line}`)}>
            <UntrustedText text={`${shortPath(step.path, 1)}:${step.line}`} />
          </code>
          <code className="truncate text-[11.5px] text-text-2" title={visibleText(step.content)}>
            <UntrustedText text={step.content.trim()} />
          </code>
        </li>
      ))}
    </ol>
  );
}

/** What the source proposes to write instead. */
export function SuggestedFixes({ code }: { code: Code }) {
  return code.suggestedFixes.map((fix) => (
    <div key={fix.code} className="grid gap-2">
      {fix.description ? (
        <p className="wrap-anywhere text-text-2">
          <UntrustedText text={fix.description} />
        </p>
      ) : null}
      {fix.code ? (
        <DiffBlock
          path={code.path}
          lines={toDiffLines(fix.code, code.snippet, code.startLine, code.endLine)}
          copied={fix.code}
        />
      ) : null}
    </div>
  ));
}
