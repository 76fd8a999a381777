"use client";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { changeConnection } from "#lib/client/connections.ts";
import { useAct } from "#lib/client/use-act.ts";
import { type Connection, connectionChangeSchema } from "#lib/domain/connection.ts";

const FORM_ID = "connection-schedule";

/** How often a connection is read: everything, and what changed. */
export function ScheduleDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const toast = useToast();
  const [faults, setFaults] = useState<Record<string, string>>({});
  const change = useAct((wanted: Parameters<typeof changeConnection>[1]) => changeConnection(connection.id, wanted), {
    refresh: ["connections"],
    onDone: () => {
      toast.done(`The schedule of ${connection.name} in ${connection.region} is changed`);
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const parsed = connectionChangeSchema.safeParse({
      wholeEveryMinutes: Math.round(Number(form.get("wholeEveryHours")) * 60),
      incrementalEveryMinutes: Math.round(Number(form.get("incrementalEveryMinutes"))),
    });
    setFaults(Object.fromEntries((parsed.error?.issues ?? []).map(({ path, message }) => [String(path[0]), message])));
    if (parsed.success) change.mutate(parsed.data);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Change the schedule"
      text={`${connection.name} in ${connection.region}`}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" form={FORM_ID} busy={change.isPending}>
            Save the schedule
          </Button>
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="grid gap-4">
        <TextField
          name="wholeEveryHours"
          label="Everything, every … hours"
          type="number"
          min={1}
          max={168}
          step="any"
          defaultValue={connection.wholeEveryMinutes / 60}
          error={faults.wholeEveryMinutes}
          hint="Only a whole pass can tell that a finding is gone. At most 168 hours: beyond 7 days, a day is not known any more."
        />
        <TextField
          name="incrementalEveryMinutes"
          label="What changed, every … minutes"
          type="number"
          min={5}
          max={10_080}
          defaultValue={connection.incrementalEveryMinutes}
          error={faults.incrementalEveryMinutes}
        />
        {change.error ? <Banner kind="error">{change.error.message}</Banner> : null}
      </form>
    </Dialog>
  );
}
