"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ButtonLink } from "#components/ui/button.tsx";
import { findingQuery } from "#lib/client/findings.ts";
import { TicketSection } from "./detail-ticket.tsx";
import { FindingDetail } from "./finding-detail.tsx";
import { FindingHeading, FindingIdentity } from "./finding-heading.tsx";
import { TriageActions } from "./triage/triage-actions.tsx";
import { useTriage } from "./triage/use-triage.tsx";

/** One finding as a page of its own, to be linked to and printed. */
export function FindingPage({ id }: { id: string }) {
  const { data: finding } = useQuery(findingQuery(id));
  const client = useQueryClient();
  const triage = useTriage(() => client.invalidateQueries());
  if (!finding) return null;
  return (
    <div className="mx-auto w-full max-w-[880px] px-6 pt-5 pb-14 max-md:px-4">
      <div className="mb-3">
        <ButtonLink href={`/findings?status=active&open=${id}`} look="ghost" size="small" icon="findings">
          See it in the list
        </ButtonLink>
      </div>
      <article className="rounded-lg border border-line">
        <header className="border-b border-line px-[18px] pt-3.5 pb-3">
          <FindingIdentity finding={finding} />
          <FindingHeading finding={finding} as="h1" />
          <TriageActions
            finding={finding}
            onAct={(kind) => triage.start({ kind, targets: { findingIds: [id] }, count: 1 })}
          />
        </header>
        <FindingDetail finding={finding} place={null} heading="h2" ticket={<TicketSection findingId={id} />} />
      </article>
      {triage.element}
    </div>
  );
}
