"use client";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { countOf } from "#components/ui/numbers.ts";
import { useToast } from "#components/ui/toast.tsx";
import { disconnect } from "#lib/client/connections.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { Connection } from "#lib/domain/connection.ts";

/** Says what disconnecting closes before it does. */
export function DisconnectDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const toast = useToast();
  const act = useAct(() => disconnect(connection.id), {
    refresh: ["connections", "findings", "freshness"],
    onDone: () => {
      toast.done(`${connection.name} in ${connection.region} is disconnected`);
      onClose();
    },
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Disconnect ${connection.name} in ${connection.region}`}
      text={`${countOf(connection.openFindings, "open finding")} in ${countOf(connection.accounts, "account")}. What no other connection reports closes as “scope lost”, not as fixed; its history stays.`}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" busy={act.isPending} onClick={() => act.mutate(undefined)}>
            Disconnect
          </Button>
        </>
      }
    >
      {act.error ? <Banner kind="error">{act.error.message}</Banner> : null}
    </Dialog>
  );
}
