"use client";
import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { dialogLater } from "#components/ui/dialog-later.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { countOf, formatCount } from "#components/ui/numbers.ts";
import { Time } from "#components/ui/time.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { importFeed } from "#lib/client/feeds.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { Feed } from "#lib/domain/feed.ts";
import { FEED_WORDS } from "./feed-words.ts";

const FeedDialog = dialogLater(() => import("./feed-dialog.tsx").then((module) => module.FeedDialog));

/** One list: what it brings, how its last import went, and what can be done about it. */
export function FeedLine({ feed, canChange }: { feed: Feed; canChange: boolean }) {
  const words = FEED_WORDS[feed.name];
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-3.5 py-3">
      <div className="grid min-w-0 flex-1 basis-80 gap-1">
        <h3 className="text-13 font-semibold tracking-normal">{words.title}</h3>
        <p className="max-w-text text-text-2">{words.brings}</p>
        <FeedState feed={feed} />
        {feed.isOn ? (
          <p className="text-12 wrap-anywhere text-text-3">
            From <UntrustedText text={feed.location} />
            {feed.fixedBy ? (
              <>
                , set by <code>{feed.fixedBy}</code>
              </>
            ) : null}
          </p>
        ) : null}
      </div>
      {canChange ? <Acts feed={feed} /> : null}
    </li>
  );
}

function FeedState({ feed }: { feed: Feed }) {
  if (feed.state !== "idle") {
    return (
      <Line icon="ring" tone="animate-spin text-note-text motion-reduce:animate-none">
        {feed.isOn ? "The list is being imported." : "The list is being taken back."}
      </Line>
    );
  }
  if (!feed.isOn) return <p className="text-text-3">Off</p>;
  return (
    <>
      {feed.publishedAt ? <ImportedList feed={feed} at={feed.publishedAt} /> : null}
      {feed.failure ? (
        <Line icon={feed.failure.code === "access-denied" ? "lock" : "warn"} tone="text-bad-text">
          <UntrustedText text={feed.failure.message} />
        </Line>
      ) : null}
      {feed.nextImportAt ? (
        <p className="text-12 text-text-3">
          {feed.failure ? "Tried again " : "Next import "}
          <Time at={feed.nextImportAt} />
        </p>
      ) : null}
    </>
  );
}

function ImportedList({ feed, at }: { feed: Feed; at: string }) {
  return (
    <Line icon="check" tone="text-ok-text">
      The list of <Time at={at} format="day" />: {formatCount(feed.entries)} {FEED_WORDS[feed.name].entries}
      {feed.skipped > 0 ? `, ${formatCount(feed.skipped)} more could not be read` : null}
      {feed.findings > 0 ? `; the last change of it ranked ${countOf(feed.findings, "finding")} anew` : null}.
      {feed.checkedAt ? (
        <span className="text-text-3">
          {" "}
          Read <Time at={feed.checkedAt} />.
        </span>
      ) : null}
    </Line>
  );
}

function Line({
  icon,
  tone,
  children,
}: {
  icon: "ring" | "check" | "lock" | "warn";
  tone: string;
  children: ReactNode;
}) {
  return (
    <p className="flex gap-1.5">
      <Icon name={icon} className={`mt-0.5 ${tone}`} />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </p>
  );
}

function Acts({ feed }: { feed: Feed }) {
  const toast = useToast();
  const [isChanging, setIsChanging] = useState(false);
  const start = useAct(importFeed, {
    refresh: ["feeds"],
    onDone: () => toast.done(`An import of “${FEED_WORDS[feed.name].title}” is queued`),
    onFailed: toast.failed,
  });
  return (
    <span className="flex flex-none gap-2">
      {feed.isOn ? (
        <Button
          size="small"
          icon="refresh"
          busy={start.isPending || feed.state !== "idle"}
          onClick={() => start.mutate(feed.name)}
        >
          Import now
        </Button>
      ) : null}
      {feed.fixedBy ? null : (
        <Button size="small" onClick={() => setIsChanging(true)}>
          {feed.isOn ? "Change" : "Turn on"}
        </Button>
      )}
      {isChanging ? <FeedDialog feed={feed} onClose={() => setIsChanging(false)} /> : null}
    </span>
  );
}
