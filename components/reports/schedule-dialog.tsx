"use client";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { useTimeZone } from "#components/ui/clock.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField, TextAreaField, TextField } from "#components/ui/field.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { ApiError } from "#lib/client/api.ts";
import { changeReportSchedule, createReportSchedule } from "#lib/client/reports.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { ReportSchedule } from "#lib/domain/report-mail.ts";
import type { Rhythm } from "#lib/domain/report-schedule.ts";
import { recipientsFault, toRecipients } from "./recipients.ts";
import { ReportScopeFields } from "./report-scope-fields.tsx";
import { hourWord, WEEKDAYS } from "./schedule-words.ts";
import { useReportScope } from "./use-report-scope.ts";

const FORM_ID = "schedule";
const RHYTHMS: { value: Rhythm["every"]; label: string }[] = [
  { value: "month", label: "Every month, on the month before" },
  { value: "quarter", label: "Every quarter, on the quarter before" },
  { value: "week", label: "Every week, on the last 7 days" },
];
const DAYS = Array.from({ length: 28 }, (_, index) => index + 1);
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Has the period that ended last told and sent each time, at an hour of a clock; or changes how (`schedule`). */
export function ScheduleDialog({ schedule, onClose }: { schedule: ReportSchedule | null; onClose: () => void }) {
  const zone = useTimeZone();
  const [rhythm, setRhythm] = useState<Rhythm>(
    schedule ? toRhythm(schedule) : { every: "month", day: 1, hour: 9, timeZone: zone },
  );
  const [written, setWritten] = useState(schedule?.recipients.join("\n") ?? "");
  const [scope, setScope] = useReportScope(schedule?.scope);
  const recipients = toRecipients(written);
  const save = useAct(
    async () => {
      const wanted = { ...rhythm, scope, recipients };
      if (schedule) await changeReportSchedule(schedule.id, wanted);
      else await createReportSchedule(wanted);
    },
    { refresh: ["report-schedules"], onDone: onClose },
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
      title={schedule ? "Change the schedule" : "Add a schedule"}
      text="Each report is kept here as well. The hour is the clock's, in summer as in winter."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" form={FORM_ID} busy={save.isPending}>
            {schedule ? "Save the schedule" : "Add the schedule"}
          </Button>
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="grid gap-4">
        <RhythmFields
          rhythm={rhythm}
          onChange={setRhythm}
          zoneFault={faults.find(({ field }) => field === "timeZone")?.message}
        />
        <TextAreaField
          label="To"
          required
          value={written}
          onChange={(event) => setWritten(event.target.value)}
          error={recipientsFault(faults, recipients)}
          hint="One address a line"
        />
        <ReportScopeFields scope={scope} onChange={setScope} />
        {save.error && faults.length === 0 ? <Banner kind="error">{save.error.message}</Banner> : null}
      </form>
    </Dialog>
  );
}

const toRhythm = ({ every, day, hour, timeZone }: Rhythm): Rhythm => ({ every, day, hour, timeZone });

type RhythmFieldsProps = { rhythm: Rhythm; onChange: (rhythm: Rhythm) => void; zoneFault: string | undefined };

function RhythmFields({ rhythm, onChange, zoneFault }: RhythmFieldsProps) {
  const { every, day, hour, timeZone } = rhythm;
  const days = every === "week" ? WEEKDAYS.map((label, index) => ({ value: index + 1, label })) : MONTH_DAYS;
  return (
    <>
      <SelectField
        label="How often"
        value={every}
        onChange={({ target }) => {
          const chosen = RHYTHMS.find(({ value }) => value === target.value);
          if (chosen) onChange({ ...rhythm, every: chosen.value, day: 1 });
        }}
      >
        {RHYTHMS.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <div className="grid grid-cols-3 items-start gap-3 max-md:grid-cols-1">
        <SelectField
          label="On"
          value={day}
          onChange={({ target }) => onChange({ ...rhythm, day: Number(target.value) })}
        >
          {days.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="At"
          value={hour}
          onChange={({ target }) => onChange({ ...rhythm, hour: Number(target.value) })}
        >
          {HOURS.map((value) => (
            <option key={value} value={value}>
              {hourWord(value)}
            </option>
          ))}
        </SelectField>
        <TextField
          label="Time zone"
          value={timeZone}
          onChange={({ target }) => onChange({ ...rhythm, timeZone: target.value })}
          error={zoneFault}
          hint="As in Europe/Berlin"
        />
      </div>
    </>
  );
}

const MONTH_DAYS = DAYS.map((value) => ({ value, label: `Day ${value}` }));
