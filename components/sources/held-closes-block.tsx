"use client";
import { useQuery } from "@tanstack/react-query";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { formatCount, formatPercent } from "#components/ui/numbers.ts";
import { Time } from "#components/ui/time.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { decideHeldClose, heldClosesQuery } from "#lib/client/connections.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { HeldClose } from "#lib/domain/sync-run.ts";

/** Mass closes that wait for a person. Nothing when none waits. */
export function HeldClosesBlock({ canDecide }: { canDecide: boolean }) {
  const { data } = useQuery(heldClosesQuery());
  const waiting = data?.items.filter(({ state }) => state === "held") ?? [];
  if (waiting.length === 0) return null;
  return (
    <Block title="Waiting for a decision" note="A pass would have closed so much that a person should look first" flush>
      <ul className="divide-y divide-line border-t border-line">
        {waiting.map((held) => (
          <HeldLine key={held.id} held={held} canDecide={canDecide} />
        ))}
      </ul>
    </Block>
  );
}

function HeldLine({ held, canDecide }: { held: HeldClose; canDecide: boolean }) {
  const toast = useToast();
  const decide = useAct((decision: "confirmed" | "rejected") => decideHeldClose(held.id, decision), {
    refresh: ["held-closes", "findings"],
    onFailed: toast.failed,
  });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3.5 py-2.5">
      <p className="min-w-0 flex-1">
        <b className="font-semibold">{formatCount(held.wouldClose)}</b> of {formatCount(held.active)} findings (
        {formatPercent(held.wouldClose / held.active)}) in <UntrustedText text={held.accountName ?? held.accountId} />,{" "}
        <UntrustedText text={held.region} />, were not reported any more, <Time at={held.createdAt} />. They are still
        open.
      </p>
      {canDecide ? (
        <span className="flex gap-2">
          <Button size="small" busy={decide.isPending} onClick={() => decide.mutate("rejected")}>
            Keep them open
          </Button>
          <Button size="small" look="danger" busy={decide.isPending} onClick={() => decide.mutate("confirmed")}>
            Close {formatCount(held.wouldClose)}
          </Button>
        </span>
      ) : null}
    </li>
  );
}
