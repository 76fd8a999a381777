"use client";
import { countOf } from "#components/ui/numbers.ts";
import { useToast } from "#components/ui/toast.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { reviewException } from "#lib/client/exceptions.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { Exception, Review } from "#lib/domain/exception.ts";
import { ReasonDialog } from "./reason-dialog.tsx";
import { RuleTermsText } from "./rule-terms.tsx";

type ReviewDialogProps = { exception: Exception; decision: Review["decision"]; onClose: () => void };

/** A second person's word about what a rule would hide of critical and known-exploited findings. */
export function ReviewDialog({ exception, decision, onClose }: ReviewDialogProps) {
  const toast = useToast();
  const isApproval = decision === "approved";
  const reviewing = useAct(reviewException, {
    refresh: ["exceptions", "findings", "overview"],
    onDone: () => {
      toast.done(isApproval ? "The exception is approved and being applied" : "The exception is declined");
      onClose();
    },
  });
  const version = exception.pending ?? exception.version;
  return (
    <ReasonDialog
      title={isApproval ? "Approve this exception" : "Decline this exception"}
      text={
        <>
          <UntrustedText text={version.madeBy} /> asks for it:{" "}
          {countOf(exception.notHeld, "critical or known-exploited finding")}{" "}
          {exception.notHeld === 1 ? "matches" : "match"} now.
        </>
      }
      act={isApproval ? "Approve" : "Decline"}
      look={isApproval ? "main" : "danger"}
      isBusy={reviewing.isPending}
      error={reviewing.error?.message}
      onSay={(reason) => reviewing.mutate({ id: exception.id, decision, reason })}
      onClose={onClose}
    >
      <RuleTermsText version={version} />
    </ReasonDialog>
  );
}
