"use client";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button, OutsideLink } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Delivery } from "#components/ui/delivery.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Time } from "#components/ui/time.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { UntrustedText, visibleText } from "#components/ui/untrusted-text.tsx";
import { faultAt } from "#lib/client/api.ts";
import { sessionQuery } from "#lib/client/session.ts";
import { setTicket, ticketQuery, tryAgain } from "#lib/client/tickets.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { HandOver, Ticket } from "#lib/domain/hand-over.ts";
import { HandOverDialog } from "./hand-over-dialog.tsx";

const REFRESH = ["tickets"];

/** Where the issue is worked on: its link, its summary to copy, and its hand-over to the receiver of tickets. */
export function TicketSection({ findingId }: { findingId: string }) {
  const { data: ticket, error } = useQuery(ticketQuery(findingId));
  const { data: session } = useQuery(sessionQuery());
  const mayChange = session?.permissions.includes("findings:comment") === true;
  if (error) return <p className="text-bad-text">The ticket did not load. {error.message}</p>;
  if (!ticket) return <Skeleton width="60%" />;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2.5">
      <TicketLink findingId={findingId} ticket={ticket} mayChange={mayChange} />
      <div className="flex flex-wrap items-center gap-2">
        {mayChange && ticket.hasReceiver ? <HandOverButton findingId={findingId} summary={ticket.summary} /> : null}
        <span className="inline-flex items-center gap-1 text-12 text-text-2">
          Summary as Markdown <CopyButton text={ticket.summary} what="the summary" />
        </span>
      </div>
      {ticket.handOvers.length > 0 ? (
        <ul aria-label="Hand-overs" className="grid gap-1.5">
          {ticket.handOvers.map((one) => (
            <HandOverLine key={one.id} handOver={one} mayChange={mayChange} />
          ))}
        </ul>
      ) : null}
    </div>
  );
}

type LinkProps = { findingId: string; ticket: Ticket; mayChange: boolean };

function TicketLink({ findingId, ticket: { url, setBy }, mayChange }: LinkProps) {
  const [isChanging, setIsChanging] = useState(false);
  if (isChanging) return <TicketForm findingId={findingId} url={url} onDone={() => setIsChanging(false)} />;
  return (
    <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
      {url === null ? (
        <span className="text-text-2">No ticket yet.</span>
      ) : (
        <>
          <span className="min-w-0 wrap-anywhere">
            <OutsideLink href={url}>{visibleText(url)}</OutsideLink>
          </span>
          <span className="text-12 text-text-3">
            {setBy === null ? "made by the receiver" : <>set by {visibleText(setBy)}</>}
          </span>
        </>
      )}
      {mayChange ? (
        <Button size="small" onClick={() => setIsChanging(true)}>
          {url === null ? "Set link" : "Change"}
        </Button>
      ) : null}
    </p>
  );
}

function TicketForm({ findingId, url, onDone }: { findingId: string; url: string | null; onDone: () => void }) {
  const act = useAct(setTicket, { refresh: REFRESH, onDone });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = String(new FormData(event.currentTarget).get("url")).trim();
    act.mutate({ findingId, url: written === "" ? null : written });
  };
  return (
    <form onSubmit={submit} className="grid gap-2">
      <TextField
        name="url"
        label="Link of the ticket"
        defaultValue={url ?? ""}
        placeholder="https://tracker.example.com/browse/SEC-1"
        hint="An https address; empty takes it away. It is shown with every finding of this issue."
        error={faultAt(act.error, "url") ?? act.error?.message}
        autoComplete="off"
        spellCheck={false}
        autoFocus
      />
      <div className="flex gap-2">
        <Button look="main" size="small" type="submit" busy={act.isPending}>
          Save the link
        </Button>
        <Button size="small" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function HandOverButton({ findingId, summary }: { findingId: string; summary: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button size="small" icon="external" onClick={() => setIsOpen(true)}>
        Hand over…
      </Button>
      {isOpen ? (
        <HandOverDialog findingId={findingId} summary={summary} refresh={REFRESH} onClose={() => setIsOpen(false)} />
      ) : null}
    </>
  );
}

function HandOverLine({ handOver: one, mayChange }: { handOver: HandOver; mayChange: boolean }) {
  const toast = useToast();
  const act = useAct(tryAgain, { refresh: REFRESH, onFailed: toast.failed });
  return (
    <li className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-12 text-text-2">
      <span>
        Handed over <Time at={one.madeAt} /> by <UntrustedText text={one.madeBy} />
      </span>
      <Delivery {...one} />
      {mayChange && one.state !== "delivered" && one.attempts > 0 ? (
        <Button size="small" busy={act.isPending} onClick={() => act.mutate(one.id)}>
          Try now
        </Button>
      ) : null}
    </li>
  );
}
