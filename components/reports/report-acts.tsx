"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button, DownloadLink } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { deleteReport, reportFileAddress } from "#lib/client/reports.ts";
import { useAct } from "#lib/client/use-act.ts";
import { SendReportDialog } from "./send-report-dialog.tsx";
import { ShareReportDialog } from "./share-report-dialog.tsx";

type Acts = { id: string; title: string; canShare: boolean; canWrite: boolean };

/** What can be done with a report. */
export function ReportActs({ id, title, canShare, canWrite }: Acts) {
  const [open, setOpen] = useState<"send" | "share" | "delete" | null>(null);
  const close = () => setOpen(null);
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      <DownloadLink look="main" href={reportFileAddress(id, "pdf")}>
        PDF
      </DownloadLink>
      <DownloadLink href={reportFileAddress(id, "html")}>HTML</DownloadLink>
      {canWrite ? (
        <Button icon="external" onClick={() => setOpen("send")}>
          Send by e-mail
        </Button>
      ) : null}
      {canShare ? (
        <Button icon="link" onClick={() => setOpen("share")}>
          Share by link
        </Button>
      ) : null}
      {canWrite ? (
        <Button look="ghost" onClick={() => setOpen("delete")}>
          Delete
        </Button>
      ) : null}
      {open === "send" ? <SendReportDialog id={id} onClose={close} /> : null}
      {open === "share" ? <ShareReportDialog id={id} onClose={close} /> : null}
      {open === "delete" ? <DeleteReportDialog id={id} title={title} onClose={close} /> : null}
    </div>
  );
}

function DeleteReportDialog({ id, title, onClose }: { id: string; title: string; onClose: () => void }) {
  const router = useRouter();
  const act = useAct(() => deleteReport(id), { refresh: ["reports"], onDone: () => router.push("/reports") });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Delete the report on ${title}`}
      text="Links to it open nothing any more. Of a period that is over it can be made again, but for coverage."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" busy={act.isPending} onClick={() => act.mutate(undefined)}>
            Delete the report
          </Button>
        </>
      }
    >
      {act.error ? <Banner kind="error">{act.error.message}</Banner> : null}
    </Dialog>
  );
}
