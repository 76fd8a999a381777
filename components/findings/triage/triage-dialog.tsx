"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { useNow } from "#components/ui/clock.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { sessionQuery } from "#lib/client/session.ts";
import { decide, type TriageTargets, triageDraftQuery } from "#lib/client/triage.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { TriageDecision } from "#lib/domain/triage.ts";
import type { TriageActKind } from "#lib/domain/triage-act.ts";
import { ActFields } from "./act-fields.tsx";
import { type ActForm, newActForm, toAct, toDraftAct } from "./act-form.ts";
import { ACT_TEXTS, actButton, actTitle } from "./act-words.ts";
import { DraftEffect } from "./draft-effect.tsx";

const FORM_ID = "triage";

/** An act that was begun: about what, and how many they are as far as the list knows. */
export type TriageRequest = { kind: TriageActKind; targets: TriageTargets; count: number | null };

type TriageDialogProps = { request: TriageRequest; onClose: () => void; onDecided: (decision: TriageDecision) => void };

/** Says an act with its reason, shows what it would do, and does it. */
export function TriageDialog(props: TriageDialogProps) {
  const session = useQuery(sessionQuery());
  // The form begins with who the person is.
  return session.isPending ? null : <ActDialog {...props} userName={session.data?.userName ?? null} />;
}

function ActDialog({ request, userName, onClose, onDecided }: TriageDialogProps & { userName: string | null }) {
  const now = useNow();
  const [form, setForm] = useState(() => newActForm(request.kind, { userName, now }));
  const draftAct = toDraftAct(form);
  const act = toAct(form);
  const draft = useQuery({
    ...triageDraftQuery(request.targets, draftAct ?? { kind: "unsuppress" }),
    enabled: draftAct !== null,
    placeholderData: keepPreviousData,
  });
  const deciding = useAct(decide, { refresh: [], onDone: onDecided });
  const whyNot = reasonNot({ act, changes: draft.data?.changes, isLoading: draft.isFetching });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (whyNot === null && act !== null && draft.data) deciding.mutate({ draftId: draft.data.id, act });
  };
  const error = deciding.error ?? draft.error;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={actTitle(request.kind, draft.data?.total ?? request.count)}
      text={ACT_TEXTS[request.kind]}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" form={FORM_ID} busy={deciding.isPending} disabledReason={whyNot}>
            {draftAct
              ? actButton(draftAct, draft.data?.changes ?? request.count ?? 0, now)
              : actTitle(request.kind, null)}
          </Button>
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="grid gap-4">
        <ActFields form={form} onChange={(change) => setForm((before): ActForm => ({ ...before, ...change }))} />
        {draft.error ? null : (
          <DraftEffect draft={draft.isPlaceholderData ? undefined : draft.data} kind={request.kind} />
        )}
        {error ? (
          <p role="alert" className="text-bad-text">
            {error.message}
          </p>
        ) : null}
      </form>
    </Dialog>
  );
}

type Readiness = { act: unknown; changes: number | undefined; isLoading: boolean };

function reasonNot({ act, changes, isLoading }: Readiness): string | null {
  if (isLoading || changes === undefined) return "What it would do is being counted";
  if (changes === 0) return "There is nothing that it would change";
  return act === null ? "Say why first" : null;
}
