"use client";
import { useState } from "react";
import { useNow } from "#components/ui/clock.tsx";
import { TextField } from "#components/ui/field.tsx";
import { countOf } from "#components/ui/numbers.ts";
import { formatDay } from "#components/ui/times.ts";
import { useToast } from "#components/ui/toast.tsx";
import { decideAboutException } from "#lib/client/exceptions.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { Expiring } from "#lib/domain/exception.ts";
import { ReasonDialog } from "./reason-dialog.tsx";

export type ExpiringItem = Expiring["items"][number];

const MONTH_MS = 30 * 86_400_000;

type DecisionDialogProps = { item: ExpiringItem; act: "renew" | "lift"; onClose: () => void };

/** Suppresses for longer what a single decision suppressed, or lifts it: a decision of its own about the same findings. */
export function DecisionDialog({ item: { id, grounds, count }, act, onClose }: DecisionDialogProps) {
  const now = useNow();
  const toast = useToast();
  const [day, setDay] = useState(new Date(now.getTime() + MONTH_MS).toISOString().slice(0, 10));
  const isRenewal = act === "renew";
  const deciding = useAct(decideAboutException, {
    refresh: ["exceptions", "findings", "overview", "triage"],
    onDone: () => {
      toast.done(isRenewal ? "Suppressed for longer" : "No longer suppressed by a person");
      onClose();
    },
  });
  const until = `${day}T23:59:59.999Z`;
  return (
    <ReasonDialog
      title={isRenewal ? "Renew this suppression" : "Lift this suppression"}
      text={`It holds ${countOf(count, "finding")} that one decision suppressed.`}
      act={isRenewal ? `Suppress ${countOf(count, "finding")} until ${formatDay(new Date(until), now)}` : "Lift it"}
      look={isRenewal ? "main" : "danger"}
      isBusy={deciding.isPending}
      error={deciding.error?.message}
      onSay={(reason) =>
        deciding.mutate({
          id,
          act: isRenewal ? { kind: "suppress", grounds, until, reason } : { kind: "unsuppress", reason },
        })
      }
      onClose={onClose}
    >
      {isRenewal ? (
        <TextField
          type="date"
          label="Last day"
          hint="The day ends at midnight, UTC."
          required
          value={day}
          onChange={(event) => setDay(event.target.value || day)}
        />
      ) : null}
    </ReasonDialog>
  );
}
