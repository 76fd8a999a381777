"use client";
import { useQuery } from "@tanstack/react-query";
import { Block } from "#components/ui/block.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { syncRunsQuery } from "#lib/client/connections.ts";
import type { SyncRun, SyncRunState } from "#lib/domain/sync-run.ts";

const STATES: Record<SyncRunState, { word: string; icon: IconName; tone: string }> = {
  queued: { word: "Waiting", icon: "clock", tone: "text-text-3" },
  running: { word: "Running", icon: "ring", tone: "text-note-text animate-spin motion-reduce:animate-none" },
  succeeded: { word: "Complete", icon: "check", tone: "text-ok-text" },
  partial: { word: "Partial", icon: "warn", tone: "text-warn-text" },
  failed: { word: "Failed", icon: "close", tone: "text-bad-text" },
  held: { word: "Held", icon: "lock", tone: "text-warn-text" },
  cancelled: { word: "Cancelled", icon: "close", tone: "text-text-3" },
};
const SOURCES: Record<SyncRun["source"], string> = { inspector: "Inspector", codeguru: "Code scans", sarif: "SARIF" };

/** The newest passes with what each read and changed. */
export function SyncRunsBlock() {
  const { data } = useQuery(syncRunsQuery());
  if (!data || data.items.length === 0) return null;
  return (
    <Block title="Latest syncs" note="Newest first" flush>
      <Table caption="Latest syncs" head={<Heads />}>
        {data.items.map((run) => (
          <RunRow key={run.id} run={run} />
        ))}
      </Table>
    </Block>
  );
}

function Heads() {
  return (
    <>
      <ColumnHead>Read</ColumnHead>
      <ColumnHead>State</ColumnHead>
      <ColumnHead side="right">Seen</ColumnHead>
      <ColumnHead side="right" className="max-md:hidden">
        New
      </ColumnHead>
      <ColumnHead side="right" className="max-md:hidden">
        Changed
      </ColumnHead>
      <ColumnHead side="right" className="max-md:hidden">
        Closed
      </ColumnHead>
      <ColumnHead side="right">As of</ColumnHead>
    </>
  );
}

function RunRow({ run }: { run: SyncRun }) {
  const state = STATES[run.state];
  return (
    <Row>
      <RowHead className="whitespace-nowrap">
        {SOURCES[run.source]} <span className="font-mono text-12 font-normal text-text-2">{run.region}</span>{" "}
        <span className="font-normal text-text-3">{run.mode}</span>{" "}
        {run.isSample ? <Tag tone="note">Sample</Tag> : null}
      </RowHead>
      <Cell>
        <span className="inline-flex items-center gap-1.5">
          <Icon name={state.icon} className={state.tone} />
          {state.word}
        </span>
        {run.failure ? (
          <span className="block text-12 text-text-2 wrap-anywhere">
            <UntrustedText
              text={run.failure.permission ? `AWS refused ${run.failure.permission}` : run.failure.message}
            />
          </span>
        ) : null}
      </Cell>
      <Count count={run.counts.observed} />
      <Count count={run.counts.opened + run.counts.reopened} isExtra />
      <Count count={run.counts.changed} isExtra />
      <Count count={run.counts.closed} isExtra />
      <Cell side="right" className="whitespace-nowrap text-text-2">
        <Time at={run.asOf} />
      </Cell>
    </Row>
  );
}

function Count({ count, isExtra = false }: { count: number; isExtra?: boolean }) {
  return (
    <Cell side="right" className={classNames(isExtra && "max-md:hidden", count === 0 && "text-text-3")}>
      {formatCount(count)}
    </Cell>
  );
}
