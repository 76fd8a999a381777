"use client";
import { useState } from "react";
import { IconButton } from "#components/ui/button.tsx";
import { dialogLater } from "#components/ui/dialog-later.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { Cell, Row, RowHead } from "#components/ui/table.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { requestSync } from "#lib/client/connections.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { Connection } from "#lib/domain/connection.ts";
import { ConnectionTestDialog } from "./connection-test-dialog.tsx";
import { DisconnectDialog } from "./disconnect-dialog.tsx";

const ScheduleDialog = dialogLater(() => import("./schedule-dialog.tsx").then((module) => module.ScheduleDialog));

type Open = "test" | "schedule" | "disconnect" | null;

/** One connection with its state and what can be done with it. */
export function ConnectionRow({
  connection,
  canChange,
  canSync,
}: {
  connection: Connection;
  canChange: boolean;
  canSync: boolean;
}) {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <Row>
      <RowHead>
        <UntrustedText text={connection.name} /> {connection.isSample ? <Tag tone="note">Sample</Tag> : null}
      </RowHead>
      <Cell className="font-mono text-12">{connection.region}</Cell>
      <Cell>
        <ConnectionState connection={connection} />
      </Cell>
      <Cell side="right" className="max-md:hidden">
        {formatCount(connection.accounts)}
      </Cell>
      <Cell side="right" className="max-md:hidden">
        {formatCount(connection.openFindings)}
      </Cell>
      <Cell side="right" className="whitespace-nowrap text-text-2 max-md:hidden">
        {connection.lastWholePassAt ? <Time at={connection.lastWholePassAt} /> : "never"}
      </Cell>
      <Cell side="right" className="whitespace-nowrap text-text-2 max-md:hidden">
        {connection.nextRunAt ? <Time at={connection.nextRunAt} /> : "–"}
      </Cell>
      <Cell side="right">
        <ConnectionMenu connection={connection} canChange={canChange} canSync={canSync} onOpen={setOpen} />
        {open === "test" ? <ConnectionTestDialog connection={connection} onClose={close} /> : null}
        {open === "schedule" ? <ScheduleDialog connection={connection} onClose={close} /> : null}
        {open === "disconnect" ? <DisconnectDialog connection={connection} onClose={close} /> : null}
      </Cell>
    </Row>
  );
}

function ConnectionState({ connection }: { connection: Connection }) {
  if (connection.state === "disconnected") return <span className="text-text-3">Disconnected</span>;
  if (!connection.failure) {
    return (
      <span className="grid gap-0.5">
        <span className="inline-flex items-center gap-1.5">
          <Icon name="check" className="text-ok-text" />
          Connected
        </span>
        <UnreadRules connection={connection} />
      </span>
    );
  }
  const { permission, message } = connection.failure;
  return (
    <span className="inline-flex items-start gap-1.5">
      <Icon name={permission ? "lock" : "warn"} className="mt-0.5 text-bad-text" />
      <span>
        {permission ? (
          <>
            AWS refused <code>{permission}</code>
          </>
        ) : (
          <UntrustedText text={message} />
        )}
      </span>
    </span>
  );
}

/** No failure of a pass: only what the source suppresses by itself is not explained. */
function UnreadRules({ connection: { rulesFailure } }: { connection: Connection }) {
  if (!rulesFailure) return null;
  return (
    <span className="inline-flex items-start gap-1.5 text-12 text-warn-text">
      <Icon name="lock" className="mt-0.5" />
      <span>
        {rulesFailure.permission ? (
          <>
            AWS refused <code>{rulesFailure.permission}</code>:{" "}
          </>
        ) : null}
        its suppression rules are not shown
      </span>
    </span>
  );
}

function ConnectionMenu(props: {
  connection: Connection;
  canChange: boolean;
  canSync: boolean;
  onOpen: (open: Open) => void;
}) {
  const { connection, canChange, canSync, onOpen } = props;
  const toast = useToast();
  const sync = useAct(() => requestSync({ connectionId: connection.id, mode: "whole" }), {
    refresh: ["sync-runs", "connections"],
    onDone: () => toast.done(`A whole pass over ${connection.name} in ${connection.region} is queued`),
    onFailed: toast.failed,
  });
  if (connection.state === "disconnected" || (!canChange && !canSync)) return null;
  return (
    <Menu
      trigger={<IconButton icon="more" label={`Acts on ${connection.name} in ${connection.region}`} size="small" />}
    >
      {canSync ? (
        <MenuItem icon="refresh" onSelect={() => sync.mutate(undefined)}>
          Sync now, whole
        </MenuItem>
      ) : null}
      {canChange ? (
        <>
          <MenuItem icon="key" onSelect={() => onOpen("test")}>
            Test what it may do
          </MenuItem>
          <MenuItem icon="clock" onSelect={() => onOpen("schedule")}>
            Change the schedule
          </MenuItem>
          <MenuItem icon="close" onSelect={() => onOpen("disconnect")}>
            Disconnect
          </MenuItem>
        </>
      ) : null}
    </Menu>
  );
}
