"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useNow } from "#components/ui/clock.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { ProgressBar } from "#components/ui/progress.tsx";
import { decisionQuery } from "#lib/client/triage.ts";
import type { TriageDecision } from "#lib/domain/triage.ts";
import { actDone } from "./act-words.ts";

/** How far a decision about many findings has come; `onEnd` is called once, when it is done or undone. */
export function DecisionProgress({ id, onEnd }: { id: string; onEnd: (decision: TriageDecision) => void }) {
  const now = useNow();
  const decision = useQuery(decisionQuery(id)).data;
  const hasEnded = useRef(false);
  const isEnd = decision?.state === "done" || decision?.state === "undone";
  useEffect(() => {
    if (!isEnd || hasEnded.current) return;
    hasEnded.current = true;
    onEnd(decision);
  }, [isEnd, decision, onEnd]);
  if (!decision || isEnd) return null;
  const words = decision.state === "undoing" ? "Being undone" : "Being carried out";
  return (
    <div
      role="status"
      className="fixed inset-x-0 bottom-6 z-55 mx-auto grid w-[min(420px,calc(100vw-24px))] gap-1.5 rounded-lg bg-overlay px-3.5 py-2.5 shadow-overlay max-md:bottom-17"
    >
      <p>
        {words}: {actDone(decision.act, decision.total, now)}
      </p>
      <ProgressBar label={words} done={decision.done} total={decision.total} unit="findings" />
      <p className="text-12 text-text-3">
        {formatCount(decision.done)} of {formatCount(decision.total)}. It goes on when you leave this page.
      </p>
    </div>
  );
}
