import NextLink from "next/link";
import { classNames } from "#components/ui/class-names.ts";
import { useNow } from "#components/ui/clock.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { exceptionAddress } from "#lib/client/exceptions.ts";
import type { FindingWithDetail, LifecycleEvent } from "#lib/domain/finding-page.ts";
import { eventIcon, eventWords } from "./timeline-words.ts";

const TONES: Partial<Record<LifecycleEvent["kind"], string>> = {
  closed: "bg-ok-soft text-ok-text",
  reopened: "bg-bad-soft text-bad-text",
};

/** The finding's life, newest first. */
export function Timeline({ finding: { timeline: events, source } }: { finding: FindingWithDetail }) {
  const now = useNow();
  if (events.length === 0) return <p className="text-text-2">Its history is no longer kept.</p>;
  return (
    <ol className="grid">
      {events.map((event) => (
        <li
          key={event.id}
          className="relative grid grid-cols-[20px_minmax(0,1fr)] gap-2 pb-3 last:pb-0 not-last:before:absolute not-last:before:top-[22px] not-last:before:bottom-0.5 not-last:before:left-[9.5px] not-last:before:w-px not-last:before:bg-line-2"
        >
          <Icon
            name={eventIcon(event)}
            className={classNames("size-5 rounded-full p-1", TONES[event.kind] ?? "bg-inset text-text-2")}
          />
          <div>
            <p>
              {eventWords(event, now)}
              <EventOrigin event={event} />
            </p>
            <Reason event={event} />
            <p className="text-12 text-text-3">
              <Time at={event.occurredAt} />
              {event.syncRunId && !event.scanRun ? (
                <>
                  , read in the {source === "sarif" ? "import" : "sync"} of{" "}
                  <Time at={event.recordedAt} format="as-of" />
                </>
              ) : null}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}

/** Why a person decided so, or their comment; one that was withdrawn is no longer shown. */
function Reason({ event: { decision, cause } }: { event: LifecycleEvent }) {
  if (decision === null || cause === "undo") return null;
  const { act, isUndone } = decision;
  const said = act.kind === "comment" ? !isUndone && act.text : "reason" in act && act.reason;
  return said ? (
    <p className="wrap-anywhere whitespace-pre-line text-text-2">
      <UntrustedText text={said} />
    </p>
  ) : null;
}

function EventOrigin({ event: { actor, scanRun, ruleId } }: { event: LifecycleEvent }) {
  return (
    <>
      {scanRun ? (
        <>
          {" "}
          in revision {scanRun.revision} of <UntrustedText text={scanRun.name} className="font-medium" />
        </>
      ) : null}
      {ruleId ? (
        <>
          {" "}
          <NextLink href={exceptionAddress(ruleId)} prefetch={false} className="link text-12">
            Which rule
          </NextLink>
        </>
      ) : null}
      {actor ? (
        <>
          , by <UntrustedText text={actor} className="font-medium" />
        </>
      ) : null}
    </>
  );
}
