"use client";
import { useQuery } from "@tanstack/react-query";
import { Choices } from "#components/ui/choices.tsx";
import { SelectField, TextAreaField, TextField } from "#components/ui/field.tsx";
import { peopleQuery } from "#lib/client/people.ts";
import { GROUNDS, GROUNDS_WORDS } from "#lib/domain/triage-words.ts";
import type { RuleForm } from "./rule-form.ts";

type FieldsProps = { form: RuleForm; faults: string[]; onChange: (change: Partial<RuleForm>) => void };

/** What has to be said for a rule. */
export function RuleFields({ form, faults, onChange }: FieldsProps) {
  return (
    <>
      <TextAreaField
        label="Findings that match"
        hint="As in the list's query: severity:low account:4821… -tag:env=prod. Not who has them, nor their status: a rule hangs on what a finding is."
        error={faults.length > 0 ? faults.join(" ") : undefined}
        className="font-mono text-12"
        rows={2}
        maxLength={2000}
        spellCheck={false}
        required
        value={form.text}
        onChange={(event) => onChange({ text: event.target.value.replaceAll("\n", " ") })}
      />
      <Choices
        legend="Grounds"
        choices={GROUNDS.map((value) => ({ value, label: GROUNDS_WORDS[value] }))}
        value={form.grounds}
        onChange={(grounds) => onChange({ grounds })}
      />
      <TextAreaField
        label="Why"
        hint="Whoever reviews this next will read it."
        required
        maxLength={2000}
        value={form.reason}
        onChange={(event) => onChange({ reason: event.target.value })}
      />
      <UntilFields form={form} onChange={onChange} />
      <OwnerField owner={form.owner} onChange={(owner) => onChange({ owner })} />
    </>
  );
}

function UntilFields({ form, onChange }: Omit<FieldsProps, "faults">) {
  return (
    <>
      <Choices
        legend="Until"
        choices={[
          { value: "day", label: "A date" },
          { value: "fix", label: "A fix exists" },
        ]}
        value={form.until}
        onChange={(until) => onChange({ until })}
      />
      {form.until === "day" ? (
        <TextField
          type="date"
          label="Last day"
          hint="The day ends at midnight, UTC. At most a year ahead."
          required
          value={form.day}
          onChange={(event) => onChange({ day: event.target.value })}
        />
      ) : (
        <p className="text-12 text-text-2">
          A finding with a fix is not held; the rule itself stays until it is ended.
        </p>
      )}
    </>
  );
}

function OwnerField({ owner, onChange }: { owner: string; onChange: (owner: string) => void }) {
  const { data } = useQuery(peopleQuery());
  const names = data?.items.filter((one) => one.disabledAt === null).map(({ userName }) => userName) ?? [];
  const shown = names.includes(owner) ? names : [owner, ...names];
  return (
    <SelectField
      label="Looked after by"
      hint="Renews it or lets it go when it is about to end."
      value={owner}
      onChange={(event) => onChange(event.target.value)}
    >
      {shown.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </SelectField>
  );
}
