"use client";
import { useRouter } from "next/navigation";
import { ExpiringBlock } from "./expiring-block.tsx";
import { HistoryDialog } from "./history-dialog.tsx";
import { PolicyBlock } from "./policy-block.tsx";
import { RuleDialog } from "./rule-dialog.tsx";
import type { Viewer } from "./rule-row.tsx";
import { RulesBlock } from "./rules-block.tsx";
import { SourceRulesBlock } from "./source-rules-block.tsx";
import { WaitingBlock } from "./waiting-block.tsx";

type ExceptionsViewProps = {
  viewer: Viewer;
  canChangePolicy: boolean;
  /** A list's address to make a rule of; null = none. */
  make: string | null;
  /** The rule that the address names. */
  openId: string | null;
};

/** What is set aside by rule, what ends soon, and how exceptions are made here. */
export function ExceptionsView({ viewer, canChangePolicy, make, openId }: ExceptionsViewProps) {
  const router = useRouter();
  const close = () => router.replace("/exceptions");
  return (
    <div className="grid gap-4">
      <WaitingBlock viewer={viewer} />
      <ExpiringBlock viewer={viewer} />
      <RulesBlock viewer={viewer} />
      <SourceRulesBlock viewer={viewer} />
      <PolicyBlock canChange={canChangePolicy} />
      {make !== null && viewer.mayTriage ? (
        <RuleDialog subject={{ address: make }} userName={viewer.userName} onClose={close} />
      ) : null}
      {openId ? <HistoryDialog id={openId} onClose={close} /> : null}
    </div>
  );
}
