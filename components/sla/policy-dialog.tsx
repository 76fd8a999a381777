"use client";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { ApiError } from "#lib/client/api.ts";
import { savePolicy } from "#lib/client/sla.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { PolicyVersion } from "#lib/domain/sla.ts";
import { type DraftRule, FIRST_RULE, hasDays, toDraft, toRule } from "./draft-rule.ts";
import { PolicyRuleFields } from "./policy-rule-fields.tsx";

const FORM_ID = "policy";

/** Makes the next version; where no days are set the usual ones are offered. */
export function PolicyDialog({ current, onClose }: { current: PolicyVersion | null; onClose: () => void }) {
  const [rules, setRules] = useState<DraftRule[]>(
    current && current.rules.length > 0 ? current.rules.map(toDraft) : [FIRST_RULE],
  );
  const save = useAct(
    () => savePolicy({ basedOn: current?.number ?? 0, rules: rules.map(toRule).filter(({ days }) => hasDays(days)) }),
    { refresh: ["sla", "findings", "overview"], onDone: onClose },
  );
  const faults = save.error instanceof ApiError ? save.error.faults : [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={current ? "Change the policy" : "Set a policy"}
      text="It is in force from now on. What is open is given new due dates; what was due before stays as it was told."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" form={FORM_ID} busy={save.isPending}>
            Put version {(current?.number ?? 0) + 1} in force
          </Button>
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="grid gap-4">
        {rules.map((rule, index) => (
          <PolicyRuleFields
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule is what stands at its place
            key={index}
            place={index + 1}
            rule={rule}
            fault={faults.find(({ field }) => field.startsWith(`rules.${index}.`))?.message}
            onChange={(changed) => setRules(rules.with(index, changed))}
            onRemove={() => setRules(rules.toSpliced(index, 1))}
          />
        ))}
        <Button size="small" icon="plus" onClick={() => setRules([...rules, { level: "team", id: "", days: {} }])}>
          Add days for a team or an account
        </Button>
        <p className="text-12 text-text-3">
          Of several that apply the strictest counts. For each of them a team's days come before an account's, and those
          before everybody's. Reachable: the resource has an open network path that Inspector reports.
        </p>
        {save.error ? <Banner kind="error">{save.error.message}</Banner> : null}
      </form>
    </Dialog>
  );
}
