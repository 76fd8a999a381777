"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CommandLine } from "#components/ui/command-line.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { Time } from "#components/ui/time.tsx";
import { reportLinksQuery, revokeReportLink, shareReport } from "#lib/client/reports.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { ReportLink } from "#lib/domain/period-report.ts";

const REFRESH = ["report-links", "reports"];

/** Makes a link that opens the report without signing in, and ends the ones that there are. */
export function ShareReportDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const [days, setDays] = useState(14);
  const { data: links } = useQuery(reportLinksQuery(id));
  const share = useAct(() => shareReport(id, days), { refresh: REFRESH });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Share by link"
      text="Whoever has the link reads this report without signing in, and nothing else. Who can sign in needs none: the address of this page is enough."
      actions={
        <>
          <Button onClick={onClose}>Done</Button>
          <Button look="main" icon="link" busy={share.isPending} onClick={() => share.mutate(undefined)}>
            Make a link for {days} days
          </Button>
        </>
      }
    >
      <div className="grid grid-cols-1 gap-4">
        <SelectField label="It ends after" value={days} onChange={(event) => setDays(Number(event.target.value))}>
          {[1, 7, 14, 30, 90].map((count) => (
            <option key={count} value={count}>
              {count === 1 ? "1 day" : `${count} days`}
            </option>
          ))}
        </SelectField>
        {share.data ? (
          <div className="grid grid-cols-1 gap-1.5">
            <CommandLine text={share.data.url} what="the link" />
            <p className="text-12 text-text-3">It is shown only now.</p>
          </div>
        ) : null}
        {share.error ? <Banner kind="error">{share.error.message}</Banner> : null}
        <Links id={id} links={links?.items ?? []} />
      </div>
    </Dialog>
  );
}

function Links({ id, links }: { id: string; links: ReportLink[] }) {
  const revoke = useAct((linkId: string) => revokeReportLink(id, linkId), { refresh: REFRESH });
  if (links.length === 0) return null;
  return (
    <ul aria-label="Links" className="divide-y divide-line border-t border-line">
      {links.map(({ id: linkId, createdAt, createdBy, expiresAt, revokedAt }) => (
        <li key={linkId} className="flex min-h-9 flex-wrap items-center gap-2 py-1">
          <span className="min-w-0 flex-1">
            Made <Time at={createdAt} /> by {createdBy},{" "}
            {revokedAt ? (
              <>
                revoked <Time at={revokedAt} />
              </>
            ) : (
              <>
                ends <Time at={expiresAt} />
              </>
            )}
          </span>
          {revokedAt ? null : (
            <Button size="small" look="danger" busy={revoke.isPending} onClick={() => revoke.mutate(linkId)}>
              Revoke
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
