"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { useNow } from "#components/ui/clock.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { ApiError } from "#lib/client/api.ts";
import { makeReport } from "#lib/client/reports.ts";
import { useAct } from "#lib/client/use-act.ts";
import { toPeriodChoices } from "./period-choices.ts";
import { ReportScopeFields } from "./report-scope-fields.tsx";
import { useReportScope } from "./use-report-scope.ts";

const FORM_ID = "report";

/** Chooses what a report is about, has it told, and opens it. */
export function NewReportDialog({ onClose }: { onClose: () => void }) {
  const router = useRouter();
  const choices = toPeriodChoices(useNow());
  const [period, setPeriod] = useState(choices[0]?.period ?? "");
  const [scope, setScope] = useReportScope(undefined);
  const make = useAct(() => makeReport({ period, scope }), {
    refresh: ["reports"],
    onDone: ({ id }) => router.push(`/reports/${id}`),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate(undefined);
  };
  const fault = make.error instanceof ApiError ? make.error.faults.find(({ field }) => field === "period") : undefined;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Make a report"
      text="It is told once and kept as it is. Of a period that is over it says the same whenever it is made."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" form={FORM_ID} busy={make.isPending}>
            Make the report
          </Button>
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="grid gap-4">
        <SelectField
          label="Period"
          value={period}
          onChange={(event) => setPeriod(event.target.value)}
          error={fault?.message}
          hint="UTC days, compared with the period before"
        >
          {choices.map(({ period: value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <ReportScopeFields scope={scope} onChange={setScope} />
        {make.error && !fault ? <Banner kind="error">{make.error.message}</Banner> : null}
      </form>
    </Dialog>
  );
}
