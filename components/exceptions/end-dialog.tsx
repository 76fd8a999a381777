"use client";
import { countOf } from "#components/ui/numbers.ts";
import { useToast } from "#components/ui/toast.tsx";
import { endException } from "#lib/client/exceptions.ts";
import { useAct } from "#lib/client/use-act.ts";
import { ReasonDialog } from "./reason-dialog.tsx";

type EndDialogProps = { exception: { id: string; count: number }; onClose: () => void };

/** Lets a rule go: what only it holds is open again. */
export function EndDialog({ exception: { id, count }, onClose }: EndDialogProps) {
  const toast = useToast();
  const ending = useAct(endException, {
    refresh: ["exceptions", "findings", "overview"],
    onDone: () => {
      toast.done("The exception is ended; what only it held opens again");
      onClose();
    },
  });
  return (
    <ReasonDialog
      title="End this exception"
      text={`It holds ${countOf(count, "finding")} now: those that nothing else holds open again.`}
      act="End the exception"
      look="danger"
      isBusy={ending.isPending}
      error={ending.error?.message}
      onSay={(reason) => ending.mutate({ id, reason })}
      onClose={onClose}
    />
  );
}
