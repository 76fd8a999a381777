"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextAreaField } from "#components/ui/field.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { countOf } from "#components/ui/numbers.ts";
import { ApiError } from "#lib/client/api.ts";
import { reportMailQuery, sendReport } from "#lib/client/reports.ts";
import { useAct } from "#lib/client/use-act.ts";
import { MailOffNote } from "./mail-off-note.tsx";
import { MailPreview } from "./mail-preview.tsx";
import { recipientsFault, toRecipients } from "./recipients.ts";

/** Shows the e-mail before it goes, has a test sent, or sends it. */
export function SendReportDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const [written, setWritten] = useState("");
  const { data: mail, error } = useQuery(reportMailQuery(id));
  const recipients = toRecipients(written);
  const refresh = ["report-deliveries"];
  const send = useAct(() => sendReport(id, { recipients, isTest: false }), { refresh, onDone: onClose });
  const test = useAct(() => sendReport(id, { recipients, isTest: true }), { refresh });
  const failed = send.error ?? test.error;
  const fault = failed instanceof ApiError ? recipientsFault(failed.faults, recipients) : undefined;
  const whyNot = toReason(mail?.isOn ?? false, recipients.length);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Send by e-mail"
      text="As text and HTML, with the PDF. What becomes of each e-mail is shown on this page."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button disabledReason={whyNot} busy={test.isPending} onClick={() => test.mutate(undefined)}>
            Send a test
          </Button>
          <Button look="main" disabledReason={whyNot} busy={send.isPending} onClick={() => send.mutate(undefined)}>
            {recipients.length === 0 ? "Send" : `Send to ${countOf(recipients.length, "address", "addresses")}`}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {mail && !mail.isOn ? <MailOffNote /> : null}
        <TextAreaField
          label="To"
          value={written}
          onChange={(event) => setWritten(event.target.value)}
          error={fault}
          hint="One address a line. Nobody sees the others. A test goes to the same addresses, and its subject says so"
        />
        {test.isSuccess ? <Banner kind="ok">The test is on its way.</Banner> : null}
        {failed && !fault ? <Banner kind="error">{failed.message}</Banner> : null}
        {error ? <Banner kind="error">The preview did not load. {error.message}</Banner> : null}
        {mail ? <MailPreview mail={mail} /> : null}
      </div>
    </Dialog>
  );
}

function toReason(isOn: boolean, recipients: number): string | null {
  if (!isOn) return "No mail server is set";
  return recipients === 0 ? "Write an address first" : null;
}
