"use client";
import { useQuery } from "@tanstack/react-query";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { reportDeliveriesQuery, sendReportAgain } from "#lib/client/reports.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { ReportDelivery } from "#lib/domain/report-mail.ts";

/** What became of each e-mail of a report; nothing while none was sent. */
export function DeliveriesBlock({ id }: { id: string }) {
  const { data } = useQuery(reportDeliveriesQuery(id));
  const retry = useAct(sendReportAgain, { refresh: ["report-deliveries"] });
  if (!data || data.items.length === 0) return null;
  const heads = (
    <>
      <ColumnHead>Sent to</ColumnHead>
      <ColumnHead className="max-md:hidden">State</ColumnHead>
      <ColumnHead side="right">
        <span className="sr-only">Acts</span>
      </ColumnHead>
    </>
  );
  return (
    <div className="mb-6 max-w-[820px] print:hidden">
      <Block title="E-mails" flush>
        {retry.error ? <Banner kind="error">{retry.error.message}</Banner> : null}
        <Table caption="E-mails of this report, the newest first" head={heads}>
          {data.items.map((delivery) => (
            <Row key={delivery.id}>
              <RowHead className="py-1.5 wrap-anywhere">
                {delivery.recipient}
                {delivery.isTest ? <span className="ml-2 text-12 font-normal text-text-3">test</span> : null}
                <span className="block font-normal md:hidden">
                  <State delivery={delivery} />
                </span>
              </RowHead>
              <Cell className="max-md:hidden">
                <State delivery={delivery} />
              </Cell>
              <Cell side="right">
                {delivery.state === "sent" || delivery.failure === null ? null : (
                  <Button size="small" busy={retry.isPending} onClick={() => retry.mutate(delivery.id)}>
                    Try now
                  </Button>
                )}
              </Cell>
            </Row>
          ))}
        </Table>
      </Block>
    </div>
  );
}

function State({ delivery: { state, sentAt, failure, nextAttemptAt, attempts } }: { delivery: ReportDelivery }) {
  if (state === "sent") return <>Sent {sentAt ? <Time at={sentAt} /> : null}</>;
  if (failure === null) return <span className="text-text-2">On its way</span>;
  return (
    <span className={state === "failed" ? "text-bad-text" : "text-warn-text"}>
      <UntrustedText text={failure} />{" "}
      <span className="text-text-3">
        {state === "failed" || nextAttemptAt === null ? (
          `Given up after ${attempts === 1 ? "1 attempt" : `${attempts} attempts`}.`
        ) : (
          <>
            Tried again <Time at={nextAttemptAt} />.
          </>
        )}
      </span>
    </span>
  );
}
