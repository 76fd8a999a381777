"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { Banner, ErrorNotice } from "#components/ui/notice.tsx";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { changeReportSchedule, deleteReportSchedule, reportSchedulesQuery } from "#lib/client/reports.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { ReportSchedule } from "#lib/domain/report-mail.ts";
import { MailOffNote } from "./mail-off-note.tsx";
import { ScheduleDialog } from "./schedule-dialog.tsx";
import { rhythmWords } from "./schedule-words.ts";

/** Which reports are made and sent by themselves, and the way to have one more. */
export function SchedulesBlock() {
  const [isAdding, setIsAdding] = useState(false);
  const { data, error, refetch } = useQuery(reportSchedulesQuery());
  return (
    <Block
      title="By e-mail"
      note="The period that ended last, told and sent by itself"
      actions={
        data?.isMailOn ? (
          <Button size="small" icon="plus" onClick={() => setIsAdding(true)}>
            Add a schedule
          </Button>
        ) : null
      }
      flush
    >
      {error ? (
        <ErrorNotice title="The schedules did not load" text={`${error.message} Nothing was changed.`}>
          <Button onClick={() => refetch()}>Try again</Button>
        </ErrorNotice>
      ) : null}
      {data && !data.isMailOn ? (
        <div className="px-3.5 pb-3.5">
          <MailOffNote />
        </div>
      ) : null}
      {data?.isMailOn && data.items.length === 0 ? (
        <p className="px-3.5 pb-3.5 text-text-2">Nothing is sent by itself yet.</p>
      ) : null}
      {data && data.items.length > 0 ? <Schedules schedules={data.items} /> : null}
      {isAdding ? <ScheduleDialog schedule={null} onClose={() => setIsAdding(false)} /> : null}
    </Block>
  );
}

function Schedules({ schedules }: { schedules: ReportSchedule[] }) {
  const refresh = ["report-schedules"];
  const pause = useAct(
    ({ id, isPaused }: { id: string; isPaused: boolean }) => changeReportSchedule(id, { isPaused }),
    {
      refresh,
    },
  );
  const [changed, setChanged] = useState<ReportSchedule | null>(null);
  const remove = useAct(deleteReportSchedule, { refresh });
  const failed = pause.error ?? remove.error;
  const heads = (
    <>
      <ColumnHead>When</ColumnHead>
      <ColumnHead>To</ColumnHead>
      <ColumnHead className="max-md:hidden">Next</ColumnHead>
      <ColumnHead side="right">
        <span className="sr-only">Acts</span>
      </ColumnHead>
    </>
  );
  return (
    <>
      {failed ? <Banner kind="error">{failed.message}</Banner> : null}
      <Table caption="Schedules, the next to run first" head={heads}>
        {schedules.map((schedule) => {
          const { id, recipients, isPaused, nextAt, failure } = schedule;
          return (
            <Row key={id}>
              <RowHead>
                {rhythmWords(schedule)}
                {failure ? <span className="block text-12 font-normal text-bad-text">{failure}</span> : null}
              </RowHead>
              <Cell className="wrap-anywhere text-text-2">{recipients.join(", ")}</Cell>
              <Cell className="text-text-2 max-md:hidden">{isPaused ? "Stopped" : <Time at={nextAt} />}</Cell>
              <Cell side="right">
                <span className="inline-flex flex-wrap justify-end gap-1.5">
                  <Button size="small" onClick={() => setChanged(schedule)}>
                    Change
                  </Button>
                  <Button size="small" busy={pause.isPending} onClick={() => pause.mutate({ id, isPaused: !isPaused })}>
                    {isPaused ? "Go on" : "Stop"}
                  </Button>
                  <Button size="small" look="ghost" busy={remove.isPending} onClick={() => remove.mutate(id)}>
                    Delete
                  </Button>
                </span>
              </Cell>
            </Row>
          );
        })}
      </Table>
      {changed ? <ScheduleDialog schedule={changed} onClose={() => setChanged(null)} /> : null}
    </>
  );
}
