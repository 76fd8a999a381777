"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { Button, IconButton, IconLink } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { ErrorNotice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import { ApiError } from "#lib/client/api.ts";
import { findingQuery } from "#lib/client/findings.ts";
import type { TriageActKind } from "#lib/domain/triage-act.ts";
import { TicketSection } from "./detail-ticket.tsx";
import { FindingDetail } from "./finding-detail.tsx";
import { FindingHeading, FindingIdentity } from "./finding-heading.tsx";
import { PANEL_BOX } from "./panel-box.ts";
import { TriageActions } from "./triage/triage-actions.tsx";

export type FindingPanelProps = {
  id: string;
  /** "2 of 26"; null where the finding is not in the part of the list that is loaded. */
  place: string | null;
  onClose: () => void;
  onStep: (by: 1 | -1) => void;
  onAct: (kind: TriageActKind) => void;
};

/** One finding beside the list, which stays where it is. Opening moves the focus to its title. */
export function FindingPanel({ id, place, onClose, onStep, onAct }: FindingPanelProps) {
  const { data: finding, error, refetch, isFetching } = useQuery(findingQuery(id));
  const title = useRef<HTMLHeadingElement>(null);
  const isThere = finding !== undefined;
  // Once, when it opens: with j and k the focus stays in the list, also while the next finding is on its way.
  const hadFocus = useRef(false);
  useEffect(() => {
    if (!isThere || hadFocus.current) return;
    hadFocus.current = true;
    title.current?.focus({ preventScroll: true });
  }, [isThere]);
  return (
    <aside aria-label="Open finding" aria-busy={!isThere} className={PANEL_BOX}>
      <header className="border-b border-line pt-[9px] pr-3 pb-3 pl-[18px]">
        <div className="flex items-center gap-2">
          {finding ? <FindingIdentity finding={finding} /> : <Skeleton width="120px" />}
          <div className="ml-auto flex flex-none items-center gap-0.5">
            {place ? <span className="mr-1 text-12 whitespace-nowrap text-text-3 max-md:hidden">{place}</span> : null}
            <IconButton size="small" icon="up" label="Previous finding" shortcut="K" onClick={() => onStep(-1)} />
            <IconButton size="small" icon="down" label="Next finding" shortcut="J" onClick={() => onStep(1)} />
            <IconLink size="small" icon="external" label="Open as a page" href={`/findings/${id}`} />
            <PanelLink id={id} />
            <IconButton size="small" icon="close" label="Close" shortcut="Esc" onClick={onClose} />
          </div>
        </div>
        {finding ? (
          <>
            <FindingHeading finding={finding} titleRef={title} as="h2" />
            <TriageActions finding={finding} onAct={onAct} />
          </>
        ) : null}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto pb-10">
        {finding ? (
          <FindingDetail
            finding={finding}
            place={place}
            heading="h3"
            ticket={<TicketSection key={id} findingId={id} />}
          />
        ) : null}
        {error && !finding ? (
          <ErrorNotice
            title="This finding did not load"
            text={error.message}
            reference={error instanceof ApiError ? error.reference : null}
          >
            <Button icon="refresh" busy={isFetching} onClick={() => refetch()}>
              Try again
            </Button>
          </ErrorNotice>
        ) : null}
        {finding || error ? null : <PanelSkeleton />}
      </div>
      <span role="status" className="sr-only">
        {finding ? `${place ?? ""} ${visibleText(finding.title)}` : null}
      </span>
    </aside>
  );
}

/** The address is only known in the browser; what is copied is the page of the finding, not the list around it. */
function PanelLink({ id }: { id: string }) {
  const origin = typeof location === "undefined" ? "" : location.origin;
  return <CopyButton text={`${origin}/findings/${id}`} what="a link to this finding" icon="link" />;
}

function PanelSkeleton() {
  return (
    <div className="grid gap-4 px-[18px] py-4" aria-hidden="true">
      {["80%", "92%", "64%", "88%", "72%", "56%", "84%"].map((width) => (
        <Skeleton key={width} width={width} />
      ))}
    </div>
  );
}
