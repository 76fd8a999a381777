"use client";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { countOf } from "#components/ui/numbers.ts";
import { useToast } from "#components/ui/toast.tsx";
import { deleteScan } from "#lib/client/scans.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { Scan } from "#lib/domain/scan.ts";
import { openIn } from "./open-in.ts";

/** Says what deleting closes before it does. */
export function DeleteScanDialog({ scan, onClose }: { scan: Scan; onClose: () => void }) {
  const toast = useToast();
  const act = useAct(() => deleteScan(scan.name), {
    refresh: ["scans", "findings", "overview", "trends"],
    onDone: () => {
      toast.done(`${scan.name} is deleted`);
      onClose();
    },
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Delete ${scan.name}`}
      text={`${countOf(openIn(scan), "open finding")} of it will close as “scope lost”, not as fixed. Its ${countOf(scan.revisions, "revision")} and the history of its findings stay; the same name goes on with revision ${scan.revisions + 1}.`}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" busy={act.isPending} onClick={() => act.mutate(undefined)}>
            Delete {scan.name}
          </Button>
        </>
      }
    >
      {act.error ? <Banner kind="error">{act.error.message}</Banner> : null}
    </Dialog>
  );
}
