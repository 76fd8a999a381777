"use client";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { type ReactNode, useCallback, useRef, useState } from "react";
import { useNow } from "#components/ui/clock.tsx";
import { dialogLater } from "#components/ui/dialog-later.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { useToast } from "#components/ui/toast.tsx";
import { decisionQuery, undoDecision } from "#lib/client/triage.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { TriageDecision } from "#lib/domain/triage.ts";
import { LEFT_OUT_WORDS, LEFT_OUTS } from "#lib/domain/triage-words.ts";
import { actDone } from "./act-words.ts";
import type { TriageRequest } from "./triage-dialog.tsx";

const TriageDialog = dialogLater(() => import("./triage-dialog.tsx").then((module) => module.TriageDialog));

const DecisionProgress = dynamic(() => import("./decision-progress.tsx").then((module) => module.DecisionProgress), {
  ssr: false,
});

/** Whether the worker has more to do for it. */
export const isUnderWay = ({ state }: TriageDecision): boolean => state === "running" || state === "undoing";

/**
 * What a decision did, or that it is under way, for the page that shows the findings: with what was asked, or null for
 * an undo.
 */
export type OnDecided = (decision: TriageDecision, request: TriageRequest | null) => void;

export type Triage = {
  /** Opens the dialog of an act. */
  start: (request: TriageRequest) => void;
  /** Takes back what was decided last here. */
  undoLast: () => void;
  undo: (id: string) => void;
  /** The dialog and the progress; to be drawn somewhere. */
  element: ReactNode;
};

/** Acts on findings: the dialog, the toast with its undo, and the progress of what takes longer. */
export function useTriage(onDecided: OnDecided): Triage {
  const [request, setRequest] = useState<TriageRequest | null>(null);
  const [underWay, setUnderWay] = useState<{ id: string; request: TriageRequest | null } | null>(null);
  const last = useRef<string | null>(null);
  const client = useQueryClient();
  const toast = useToast();
  const now = useNow();
  const undoing = useAct(undoDecision, {
    refresh: [],
    onDone: (decision) => end(decision, null),
    onFailed: (message) => toast.failed(`Not undone: ${message}`),
  });

  const end = (decision: TriageDecision, asked: TriageRequest | null) => {
    onDecided(decision, asked);
    if (isUnderWay(decision)) {
      // What is known of it from before has ended.
      client.setQueryData(decisionQuery(decision.id).queryKey, decision);
      setUnderWay({ id: decision.id, request: asked });
      return;
    }
    if (decision.state === "undone") {
      last.current = null;
      toast.done(`Undone${leftOutWords(decision.undo?.outcome.leftOut ?? {})}`);
      return;
    }
    if (decision.state === "awaiting") {
      toast.done("It touches critical or known-exploited findings: it waits for another lead's approval");
      return;
    }
    last.current = decision.id;
    const { changed, leftOut } = decision.outcome;
    toast.done(`${actDone(decision.act, changed, now)}${leftOutWords(leftOut)}`, () => undoing.mutate(decision.id));
  };
  const latestEnd = useRef(end);
  latestEnd.current = end;

  const onEnd = useCallback(
    (decision: TriageDecision) => {
      setUnderWay(null);
      latestEnd.current(decision, underWay?.request ?? null);
    },
    [underWay],
  );
  const close = () => setRequest(null);
  return {
    start: setRequest,
    undo: undoing.mutate,
    undoLast: () =>
      last.current === null ? toast.done("There is nothing to undo here") : undoing.mutate(last.current),
    element: (
      <>
        {request ? (
          <TriageDialog
            request={request}
            onClose={close}
            onDecided={(decision) => {
              close();
              end(decision, request);
            }}
          />
        ) : null}
        {underWay ? <DecisionProgress key={underWay.id} id={underWay.id} onEnd={onEnd} /> : null}
      </>
    ),
  };
}

function leftOutWords(leftOut: TriageDecision["outcome"]["leftOut"]): string {
  const words = LEFT_OUTS.flatMap((why) => {
    const count = leftOut[why];
    return count ? `${formatCount(count)} ${LEFT_OUT_WORDS[why]}` : [];
  });
  return words.length === 0 ? "" : `; left as they are: ${words.join(", ")}`;
}
