"use client";
import { type FormEvent, useState } from "react";
import { Button } from "./button.tsx";
import { useNow } from "./clock.tsx";
import { TextField } from "./field.tsx";
import { Icon } from "./icon.tsx";
import { Popover } from "./popover.tsx";
import { formatDay } from "./times.ts";

type AsOfChoiceProps = {
  /** The UTC day or instant that the page looks back to; undefined = it is about now. */
  asOf: string | undefined;
  /** With a UTC day, or null for now. */
  onChoose: (day: string | null) => void;
};

/** Which day a page is told of: now, or the end of a day of the past. */
export function AsOfChoice({ asOf, onChoose }: AsOfChoiceProps) {
  const [fault, setFault] = useState<string>();
  const now = useNow();
  const today = now.toISOString().slice(0, 10);
  const at = new Date(asOf ?? now);
  // An address can say anything.
  const day = Number.isNaN(at.getTime()) ? today : at.toISOString().slice(0, 10);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const chosen = String(new FormData(event.currentTarget).get("asOf"));
    if (chosen === "" || chosen > today) setFault("Choose today or an earlier day.");
    else onChoose(chosen);
  };
  return (
    <Popover
      title="As of a day"
      trigger={
        <Button icon="clock">
          {asOf === undefined ? "As of now" : `As of ${formatDay(new Date(day), now)}`}
          <Icon name="down" className="text-text-3" />
        </Button>
      }
    >
      <form key={day} noValidate onSubmit={submit} className="grid gap-3 px-4 pt-1 pb-4">
        <TextField
          label="Day"
          name="asOf"
          type="date"
          required
          max={today}
          defaultValue={day}
          error={fault}
          hint="As it stood at the end of that UTC day"
        />
        <div className="flex flex-wrap gap-2">
          <Button look="main" type="submit">
            Show this day
          </Button>
          {asOf === undefined ? null : <Button onClick={() => onChoose(null)}>Show now</Button>}
        </div>
      </form>
    </Popover>
  );
}
