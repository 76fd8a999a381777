"use client";
import { useQuery } from "@tanstack/react-query";
import { Block } from "#components/ui/block.tsx";
import { LabelledCheckbox } from "#components/ui/checkbox.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { changeExceptionPolicy, exceptionPolicyQuery } from "#lib/client/exceptions.ts";
import { useAct } from "#lib/client/use-act.ts";

/** Whether a second person has to agree to what touches critical and known-exploited findings. */
export function PolicyBlock({ canChange }: { canChange: boolean }) {
  const toast = useToast();
  const { data } = useQuery(exceptionPolicyQuery());
  const change = useAct(changeExceptionPolicy, {
    refresh: ["exceptions"],
    onDone: ({ secondApprover }) =>
      toast.done(secondApprover ? "A second lead has to agree from now on" : "One lead alone may decide from now on"),
    onFailed: toast.failed,
  });
  if (!data) return null;
  const words = "What touches critical or known-exploited findings waits for a second lead’s approval";
  return (
    <Block title="Approval" note="What is made already stays as it is">
      {canChange ? (
        <LabelledCheckbox
          checked={data.secondApprover}
          onChange={(event) => change.mutate({ secondApprover: event.target.checked })}
        >
          {words}
        </LabelledCheckbox>
      ) : (
        <p className="text-text-2">{data.secondApprover ? `${words}.` : "One lead alone may make an exception."}</p>
      )}
    </Block>
  );
}
