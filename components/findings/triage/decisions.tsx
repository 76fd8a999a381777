"use client";
import { useQuery } from "@tanstack/react-query";
import { Button } from "#components/ui/button.tsx";
import { useNow } from "#components/ui/clock.tsx";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { sessionQuery } from "#lib/client/session.ts";
import { decisionsQuery } from "#lib/client/triage.ts";
import type { TriageDecision } from "#lib/domain/triage.ts";
import { actButton, actDone } from "./act-words.ts";

/** The latest, newest first. */
export function Decisions({ onUndo }: { onUndo: (id: string) => void }) {
  const { data, error } = useQuery(decisionsQuery());
  const session = useQuery(sessionQuery()).data;
  const mayUndoAll = session?.permissions.includes("findings:triage") === true;
  if (error) return <p className="px-4 pb-4 text-bad-text">The decisions did not load. {error.message}</p>;
  if (!data) return <p className="px-4 pb-4 text-text-3">On its way …</p>;
  if (data.items.length === 0) return <p className="px-4 pb-4 text-text-2">Nobody has decided anything yet.</p>;
  return (
    <ol className="divide-y divide-line border-t border-line">
      {data.items.map((decision) => (
        <Decision
          key={decision.id}
          decision={decision}
          mayUndo={mayUndoAll || decision.madeBy === session?.userName}
          onUndo={onUndo}
        />
      ))}
    </ol>
  );
}

const STATE_WORDS: Partial<Record<TriageDecision["state"], string>> = {
  awaiting: "; awaits another lead’s approval",
  declined: "; declined by another lead",
  running: "; under way",
  undoing: "; under way",
};

type DecisionProps = { decision: TriageDecision; mayUndo: boolean; onUndo: (id: string) => void };

function Decision({ decision, mayUndo, onUndo }: DecisionProps) {
  const now = useNow();
  const { id, act, outcome, total, madeBy, decidedAt, undo, undoUntil, state } = decision;
  const hasRun = state !== "awaiting" && state !== "declined";
  return (
    <li className="flex items-center gap-3 px-4 py-2">
      <div className="min-w-0 flex-1">
        <p className={undo ? "text-text-3 line-through" : undefined}>
          {hasRun ? actDone(act, outcome.changed, now) : actButton(act, total, now)}
        </p>
        <p className="text-12 text-text-3">
          <UntrustedText text={madeBy} />, <Time at={decidedAt} />
          {undo ? (
            <>
              ; undone by <UntrustedText text={undo.by} />
            </>
          ) : null}
          {STATE_WORDS[state]}
        </p>
      </div>
      {undoUntil !== null && mayUndo ? (
        <Button size="small" icon="undo" title="Can be undone for ten minutes" onClick={() => onUndo(id)}>
          Undo
        </Button>
      ) : null}
    </li>
  );
}
