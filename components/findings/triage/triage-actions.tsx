"use client";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Menu } from "#components/ui/menu.tsx";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { FindingWithDetail } from "#lib/domain/finding-page.ts";
import type { TriageActKind } from "#lib/domain/triage-act.ts";
import { ActItems } from "./bulk-tools.tsx";
import { useWhyNot } from "./use-may-triage.ts";

type TriageActionsProps = { finding: FindingWithDetail; onAct: (kind: TriageActKind) => void };

/** Who looks after an open finding, when it is due, and what can be decided about it. */
export function TriageActions({ finding, onAct }: TriageActionsProps) {
  const whyNot = useWhyNot();
  const isHeld = finding.suppressions.some(({ by }) => by === "person");
  return (
    <div className="mt-2.5 flex flex-wrap gap-1.5">
      <Button size="small" icon="user" disabledReason={whyNot("assign")} onClick={() => onAct("assign")}>
        <span className="sr-only">Assignee: </span>
        {finding.assignee ? <UntrustedText text={finding.assignee} /> : "Assign"}
      </Button>
      <Button size="small" icon="clock" disabledReason={whyNot("due")} onClick={() => onAct("due")}>
        {finding.dueAt ? (
          <>
            Due <Time at={finding.dueAt} />
          </>
        ) : (
          "Set due"
        )}
      </Button>
      {isHeld ? (
        <Button size="small" icon="refresh" disabledReason={whyNot("unsuppress")} onClick={() => onAct("unsuppress")}>
          Lift suppression
        </Button>
      ) : (
        <Button size="small" icon="hide" disabledReason={whyNot("suppress")} onClick={() => onAct("suppress")}>
          Suppress
        </Button>
      )}
      <Menu trigger={<IconButton size="small" look="rest" icon="more" label="More acts" />}>
        <ActItems kinds={isHeld ? ["suppress", "severity", "comment"] : ["severity", "comment"]} onAct={onAct} />
      </Menu>
    </div>
  );
}
