"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { useNow } from "#components/ui/clock.tsx";
import { countOf } from "#components/ui/numbers.ts";
import { Time } from "#components/ui/time.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { reviewDecision, waitingDecisionsQuery } from "#lib/client/exceptions.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { Review } from "#lib/domain/exception.ts";
import type { TriageDecision } from "#lib/domain/triage.ts";
import { GROUNDS_WORDS } from "#lib/domain/triage-words.ts";
import { untilWords } from "./exception-words.ts";
import { ReasonDialog } from "./reason-dialog.tsx";
import type { Viewer } from "./rule-row.tsx";

/** Single suppressions that wait for a second person; nothing where none does. */
export function WaitingBlock({ viewer }: { viewer: Viewer }) {
  const { data } = useQuery(waitingDecisionsQuery());
  if (!data || data.items.length === 0) return null;
  return (
    <Block title="Suppressions awaiting approval" note="They touch critical or known-exploited findings" flush>
      <ol className="divide-y divide-line border-t border-line">
        {data.items.map((decision) => (
          <WaitingLine key={decision.id} decision={decision} viewer={viewer} />
        ))}
      </ol>
    </Block>
  );
}

function WaitingLine({ decision, viewer }: { decision: TriageDecision; viewer: Viewer }) {
  const [word, setWord] = useState<Review["decision"] | null>(null);
  const now = useNow();
  const { act, total, madeBy, decidedAt } = decision;
  if (act.kind !== "suppress") return null;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3.5 py-2">
      <div className="min-w-0 flex-1 basis-64">
        <p>
          {countOf(total, "finding")}, {GROUNDS_WORDS[act.grounds].toLowerCase()}, {untilWords(act.until, now)}
        </p>
        <p className="text-12 text-text-2 wrap-anywhere">
          <UntrustedText text={madeBy} className="font-medium" />, <Time at={decidedAt} />:{" "}
          <UntrustedText text={act.reason} />
        </p>
      </div>
      {viewer.mayTriage && madeBy !== viewer.userName ? (
        <span className="flex gap-2">
          <Button size="small" onClick={() => setWord("approved")}>
            Approve
          </Button>
          <Button size="small" look="danger" onClick={() => setWord("declined")}>
            Decline
          </Button>
        </span>
      ) : null}
      {word ? <WordDialog decision={decision} word={word} onClose={() => setWord(null)} /> : null}
    </li>
  );
}

type WordDialogProps = { decision: TriageDecision; word: Review["decision"]; onClose: () => void };

function WordDialog({ decision: { id, total, madeBy }, word, onClose }: WordDialogProps) {
  const toast = useToast();
  const isApproval = word === "approved";
  const reviewing = useAct(reviewDecision, {
    refresh: ["exceptions", "triage", "findings", "overview"],
    onDone: () => {
      toast.done(isApproval ? "Approved: it is carried out" : "Declined: nothing was changed");
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={isApproval ? "Approve this suppression" : "Decline this suppression"}
      text={
        <>
          <UntrustedText text={madeBy} /> asks to suppress {countOf(total, "finding")}.
        </>
      }
      act={isApproval ? `Suppress ${countOf(total, "finding")}` : "Decline"}
      look={isApproval ? "main" : "danger"}
      isBusy={reviewing.isPending}
      error={reviewing.error?.message}
      onSay={(reason) => reviewing.mutate({ id, decision: word, reason })}
      onClose={onClose}
    />
  );
}
