"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { useState } from "react";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyNotice, ErrorNotice } from "#components/ui/notice.tsx";
import { countOf } from "#components/ui/numbers.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { reportFileAddress, reportsQuery } from "#lib/client/reports.ts";
import type { Report } from "#lib/domain/period-report.ts";
import { NewReportDialog } from "./new-report-dialog.tsx";

/** Every report that is kept, and the way to make one. */
export function ReportsBlock({ canMake }: { canMake: boolean }) {
  const [isMaking, setIsMaking] = useState(false);
  const { data, error, refetch } = useQuery(reportsQuery());
  const make = canMake ? (
    <Button look="main" size="small" icon="plus" onClick={() => setIsMaking(true)}>
      Make a report
    </Button>
  ) : null;
  return (
    <Block
      title="Reports"
      note="Each as it was told once; nothing that is recorded later changes it"
      actions={data && data.items.length > 0 ? make : null}
      flush
    >
      {error ? (
        <ErrorNotice title="The reports did not load" text={`${error.message} Nothing was changed.`}>
          <Button onClick={() => refetch()}>Try again</Button>
        </ErrorNotice>
      ) : null}
      {!data && !error ? (
        <div className="grid gap-3 p-3.5" aria-busy="true">
          <Skeleton width="40%" />
          <Skeleton width="45%" />
        </div>
      ) : null}
      {data?.items.length === 0 ? (
        <EmptyNotice
          icon="file"
          title="There are no reports yet"
          text="A report is one page on a month or a quarter: what is open, why it moved, who is late, what is not known. It is kept as it was told, as a page, HTML and PDF."
        >
          {make}
        </EmptyNotice>
      ) : null}
      {data && data.items.length > 0 ? <Rows reports={data.items} /> : null}
      {isMaking ? <NewReportDialog onClose={() => setIsMaking(false)} /> : null}
    </Block>
  );
}

function Rows({ reports }: { reports: Report[] }) {
  const heads = (
    <>
      <ColumnHead>Period</ColumnHead>
      <ColumnHead className="max-md:hidden">What</ColumnHead>
      <ColumnHead className="max-md:hidden">As of</ColumnHead>
      <ColumnHead>Made</ColumnHead>
      <ColumnHead side="right">Files</ColumnHead>
    </>
  );
  return (
    <Table caption="Reports, the newest first" head={heads}>
      {reports.map(({ id, title, scope, asOf, madeAt, madeBy, isShared, unsentMails }) => (
        <Row key={id} isInteractive>
          <RowHead className="py-1.5">
            <NextLink href={`/reports/${id}`} className="hover:underline">
              {title}
            </NextLink>
            {isShared ? <span className="ml-2 text-12 font-normal text-warn-text">shared by link</span> : null}
            {unsentMails > 0 ? (
              <span className="block text-12 font-normal text-bad-text">
                {countOf(unsentMails, "e-mail was", "e-mails were")} not taken
              </span>
            ) : null}
          </RowHead>
          <Cell className="text-text-2 max-md:hidden">
            <UntrustedText text={scope} />
          </Cell>
          <Cell className="text-text-2 max-md:hidden">
            <Time at={asOf} format="as-of" />
          </Cell>
          <Cell className="text-text-2">
            <Time at={madeAt} /> by {madeBy}
          </Cell>
          <Cell side="right">
            <a href={reportFileAddress(id, "pdf")} className="link" aria-label={`PDF of ${title}`}>
              PDF
            </a>{" "}
            <a href={reportFileAddress(id, "html")} className="link" aria-label={`HTML of ${title}`}>
              HTML
            </a>
          </Cell>
        </Row>
      ))}
    </Table>
  );
}
