"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { countOf } from "#components/ui/numbers.ts";
import { changeReportRetention, reportRetentionQuery } from "#lib/client/reports.ts";
import { useAct } from "#lib/client/use-act.ts";

const CHOICES = [3, 6, 12, 24, 36, 60, 120, 240];

/** For how long reports are kept; what a shorter time deletes is told before. */
export function RetentionBlock({ canChange }: { canChange: boolean }) {
  const [wanted, setWanted] = useState<number | null>(null);
  const { data } = useQuery(reportRetentionQuery(null));
  if (!data) return null;
  const choices = CHOICES.includes(data.keepMonths) ? CHOICES : [...CHOICES, data.keepMonths].sort((a, b) => a - b);
  return (
    <Block title="How long reports are kept" note="One that a link still opens is kept until the link ends">
      {canChange ? (
        <div className="max-w-60">
          <SelectField
            label="After they were made"
            value={data.keepMonths}
            onChange={({ target }) => setWanted(Number(target.value))}
          >
            {choices.map((months) => (
              <option key={months} value={months}>
                {timeOf(months)}
              </option>
            ))}
          </SelectField>
        </div>
      ) : (
        <p className="text-text-2">{timeOf(data.keepMonths)} after they were made.</p>
      )}
      {wanted === null ? null : <ChangeDialog keepMonths={wanted} onClose={() => setWanted(null)} />}
    </Block>
  );
}

function ChangeDialog({ keepMonths, onClose }: { keepMonths: number; onClose: () => void }) {
  const { data } = useQuery(reportRetentionQuery(keepMonths));
  const change = useAct(() => changeReportRetention(keepMonths), {
    refresh: ["report-retention", "reports"],
    onDone: onClose,
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Keep reports for ${timeOf(keepMonths)}`}
      text={data ? outlivedText(data.outlived) : "Looking at what is older…"}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look={data && data.outlived > 0 ? "danger" : "main"}
            busy={change.isPending || !data}
            onClick={() => change.mutate(undefined)}
          >
            Keep them for {timeOf(keepMonths)}
          </Button>
        </>
      }
    >
      {change.error ? <Banner kind="error">{change.error.message}</Banner> : null}
    </Dialog>
  );
}

function outlivedText(count: number): string {
  if (count === 0) return "No report is older. Nothing is deleted now.";
  const older = `${countOf(count, "report")} ${count === 1 ? "is older and is" : "are older and are"}`;
  return `${older} deleted within the hour, with the list of who got them by e-mail. That cannot be undone.`;
}

/** "6 months", "5 years" */
function timeOf(months: number): string {
  return months % 12 === 0 ? countOf(months / 12, "year") : countOf(months, "month");
}
