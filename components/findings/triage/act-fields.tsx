"use client";
import { useQuery } from "@tanstack/react-query";
import { Choices } from "#components/ui/choices.tsx";
import { SelectField, TextAreaField, TextField } from "#components/ui/field.tsx";
import { severityWord } from "#components/ui/severity.tsx";
import { peopleQuery } from "#lib/client/people.ts";
import { sessionQuery } from "#lib/client/session.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { GROUNDS, GROUNDS_WORDS } from "#lib/domain/triage-words.ts";
import { type ActForm, isDay } from "./act-form.ts";

type FieldsProps = { form: ActForm; onChange: (change: Partial<ActForm>) => void };

/** What has to be said for an act. */
export function ActFields(props: FieldsProps) {
  const { form, onChange } = props;
  switch (form.kind) {
    case "assign":
      return <AssigneeField {...props} />;
    case "due":
      return <DayField label="Due on" day={form.day} isOptional onChange={(day) => onChange({ day })} />;
    case "severity":
      return (
        <>
          <SeverityField {...props} />
          <ReasonField {...props} label="Why is it not what the source says?" />
        </>
      );
    case "suppress":
      return <SuppressFields {...props} />;
    case "unsuppress":
      return <ReasonField {...props} label="Why, if there is something to say" isOptional />;
    case "comment":
      return <ReasonField {...props} label="Comment" />;
  }
}

function SuppressFields({ form, onChange }: FieldsProps) {
  return (
    <>
      <Choices
        legend="Grounds"
        choices={GROUNDS.map((value) => ({ value, label: GROUNDS_WORDS[value] }))}
        value={form.grounds}
        onChange={(grounds) => onChange({ grounds })}
      />
      <ReasonField
        form={form}
        onChange={onChange}
        label={REASON_QUESTIONS[form.grounds]}
        hint="Whoever reviews this next will read it."
      />
      <Choices
        legend="Until"
        choices={[
          { value: "day", label: "A date" },
          { value: "fix", label: "A fix exists" },
        ]}
        value={form.until}
        onChange={(until) => onChange({ until })}
      />
      {form.until === "day" ? <DayField label="Last day" day={form.day} onChange={(day) => onChange({ day })} /> : null}
    </>
  );
}

const REASON_QUESTIONS: Record<ActForm["grounds"], string> = {
  "not-reachable": "Why is it not reachable?",
  "accepted-risk": "Why is the risk accepted?",
  "false-alarm": "Why is it a false alarm?",
};

type ReasonFieldProps = FieldsProps & { label: string; hint?: string; isOptional?: boolean };

function ReasonField({ form, onChange, label, hint, isOptional = false }: ReasonFieldProps) {
  return (
    <TextAreaField
      label={label}
      hint={hint}
      required={!isOptional}
      maxLength={form.kind === "comment" ? 4000 : 2000}
      value={form.reason}
      onChange={(event) => onChange({ reason: event.target.value })}
    />
  );
}

type DayFieldProps = { label: string; day: string; isOptional?: boolean; onChange: (day: string) => void };

function DayField({ label, day, isOptional = false, onChange }: DayFieldProps) {
  return (
    <TextField
      type="date"
      label={label}
      required={!isOptional}
      hint={isOptional ? "Empty: no due date. The day ends at midnight, UTC." : "The day ends at midnight, UTC."}
      error={day === "" || isDay(day) ? undefined : "Choose a day of the calendar."}
      value={day}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

const NOBODY = "";

function AssigneeField({ form, onChange }: FieldsProps) {
  const session = useQuery(sessionQuery()).data;
  const mayAssignAll = session?.permissions.includes("findings:triage") === true;
  const people = useQuery({ ...peopleQuery(), enabled: mayAssignAll }).data;
  const others = people?.items.filter((one) => one.disabledAt === null && one.userName !== session?.userName) ?? [];
  return (
    <SelectField
      label="Assignee"
      value={form.assignee ?? NOBODY}
      onChange={(event) => onChange({ assignee: event.target.value === NOBODY ? null : event.target.value })}
    >
      {session ? <option value={session.userName}>{session.userName} (you)</option> : null}
      {others.map(({ id, userName }) => (
        <option key={id} value={userName}>
          {userName}
        </option>
      ))}
      <option value={NOBODY}>Nobody</option>
    </SelectField>
  );
}

const OF_SOURCE = "";

function SeverityField({ form, onChange }: FieldsProps) {
  return (
    <SelectField
      label="Severity"
      value={form.severity ?? OF_SOURCE}
      onChange={(event) => onChange({ severity: SEVERITIES.find((one) => one === event.target.value) ?? null })}
    >
      {SEVERITIES.map((severity) => (
        <option key={severity} value={severity}>
          {severityWord(severity)}
        </option>
      ))}
      <option value={OF_SOURCE}>As the source says</option>
    </SelectField>
  );
}
