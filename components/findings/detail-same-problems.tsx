"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { Button } from "#components/ui/button.tsx";
import { SeverityGlyph, severityWord } from "#components/ui/severity.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { UntrustedText, visibleText } from "#components/ui/untrusted-text.tsx";
import { decideSameProblem } from "#lib/client/same-problems.ts";
import { sessionQuery } from "#lib/client/session.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import { PutTogether } from "./put-together.tsx";
import { SOURCE_WORDS, STATUS_WORDS } from "./words.ts";

type Same = FindingWithDetail["sameProblems"][number];
type Decide = (findingId: string, isSame: boolean | null) => void;

/** What other sources say of the same problem and why it is the same; a person may part them, or put others together. */
export function SameProblems({ finding }: { finding: FindingWithDetail }) {
  const { data: session } = useQuery(sessionQuery());
  const toast = useToast();
  const act = useAct(decideSameProblem, { refresh: ["findings"], onFailed: toast.failed });
  const decide: Decide = (findingId, isSame) => act.mutate({ id: finding.id, findingId, isSame });
  const mayDecide = session?.permissions.includes("findings:triage") === true;
  return (
    <>
      {finding.sameProblems.length > 0 ? (
        <ul className="grid gap-2.5">
          {finding.sameProblems.map((same) => (
            <SameLine key={same.findingId} same={same} onDecide={mayDecide ? decide : null} isBusy={act.isPending} />
          ))}
        </ul>
      ) : (
        <p className="text-text-2">No other source tells of it, by file, weakness and code.</p>
      )}
      {mayDecide ? <PutTogether onDone={(findingId) => decide(findingId, true)} isBusy={act.isPending} /> : null}
    </>
  );
}

function SameLine({ same, onDecide, isBusy }: { same: Same; onDecide: Decide | null; isBusy: boolean }) {
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1">
      <div className="grid min-w-0 flex-1 basis-60 gap-0.5">
        <p className="flex gap-2">
          <SeverityGlyph severity={same.severity} className="mt-0.5" />
          <span className="sr-only">{severityWord(same.severity)}</span>
          <NextLink className="link min-w-0 wrap-anywhere" href={`/findings/${same.findingId}`}>
            <UntrustedText text={same.title} />
          </NextLink>
        </p>
        <p className="text-12 wrap-anywhere text-text-2">
          {SOURCE_WORDS[same.source]}, <UntrustedText text={same.project} />,{" "}
          <code>
            <UntrustedText text={`${same.path}:${same.startLine}`} />
          </code>
          {same.status === "active" ? null : `, ${STATUS_WORDS[same.status].toLowerCase()}`}
        </p>
        <p className="text-12 wrap-anywhere text-text-3">{visibleText(whyWords(same))}</p>
      </div>
      {onDecide ? (
        <Button size="small" busy={isBusy} onClick={() => onDecide(same.findingId, nextWord(same))}>
          {same.isSame ? "Not the same" : "The same after all"}
        </Button>
      ) : null}
    </li>
  );
}

/** Where the code says it too, a person's word is only needed against it; elsewhere only for it. */
function nextWord({ isSame, reasons }: Same): boolean | null {
  if (isSame) return reasons.length > 0 ? false : null;
  return reasons.length > 0 ? null : true;
}

function whyWords({ isSame, reasons, decidedBy }: Same): string {
  const found = reasons.join(", ");
  if (decidedBy === null) return `Found to be the same: ${found}`;
  const by = isSame ? `Put together by ${decidedBy}` : `Kept apart by ${decidedBy}`;
  return found === "" ? by : `${by}; found: ${found}`;
}
