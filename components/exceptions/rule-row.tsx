"use client";
import NextLink from "next/link";
import { useState } from "react";
import { IconButton } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { ProgressBar } from "#components/ui/progress.tsx";
import { Cell, Row, RowHead } from "#components/ui/table.tsx";
import { ExploitedTag, Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { Exception } from "#lib/domain/exception.ts";
import { EndDialog } from "./end-dialog.tsx";
import { endWords, heldAddress } from "./exception-words.ts";
import { HistoryDialog } from "./history-dialog.tsx";
import { ReviewDialog } from "./review-dialog.tsx";
import { RuleDialog } from "./rule-dialog.tsx";
import { RuleTermsText } from "./rule-terms.tsx";

/** Who looks: what they may do with a rule hangs on it. */
export type Viewer = { userName: string; mayTriage: boolean };

type Open = "change" | "end" | "approve" | "decline" | "history" | null;

/** One rule with what it holds, who looks after it and when it ends. */
export function RuleRow({ exception, viewer }: { exception: Exception; viewer: Viewer }) {
  const [open, setOpen] = useState<Open>(null);
  const { version, held, lastMatchAt } = exception;
  return (
    <Row>
      <RowHead className="max-w-[520px] py-2 font-normal">
        <RuleTermsText version={version} />
      </RowHead>
      <Cell>
        <State exception={exception} />
      </Cell>
      <Cell side="right">
        <Held exception={exception} />
        {held.knownExploited > 0 ? (
          <div className="mt-1">
            <ExploitedTag word={`${formatCount(held.knownExploited)} exploited`} />
          </div>
        ) : null}
      </Cell>
      <Cell className="max-md:hidden">
        <UntrustedText text={version.owner} />
      </Cell>
      <Cell side="right" className="whitespace-nowrap text-text-2 max-md:hidden">
        {version.until === "fix" ? "With a fix" : <Time at={version.until} />}
      </Cell>
      <Cell side="right" className="whitespace-nowrap text-text-2 max-lg:hidden">
        {lastMatchAt ? <Time at={lastMatchAt} /> : "–"}
      </Cell>
      <Cell side="right">
        <RuleMenu exception={exception} viewer={viewer} onOpen={setOpen} />
        <OpenDialog open={open} exception={exception} viewer={viewer} onClose={() => setOpen(null)} />
      </Cell>
    </Row>
  );
}

function State({ exception: { state, pending, progress, ended, notHeld } }: { exception: Exception }) {
  if (ended) return <Tag title={ended.reason ?? undefined}>{endWords(ended)}</Tag>;
  if (state === "awaiting") return <Tag tone="warn">Awaiting approval</Tag>;
  return (
    <span className="inline-grid justify-items-start gap-1">
      <Tag tone="ok">Active</Tag>
      {progress ? (
        <ProgressBar label="Being applied" {...progress} total={progress.total || null} className="w-24" />
      ) : null}
      {pending ? <Tag tone="warn">A change awaits approval</Tag> : null}
      {!pending && notHeld > 0 ? (
        <Tag
          tone="warn"
          title="Critical and known-exploited findings that match. They stay open until another lead agrees."
        >
          {formatCount(notHeld)} await approval
        </Tag>
      ) : null}
    </span>
  );
}

function Held({ exception: { id, held } }: { exception: Exception }) {
  if (held.count === 0) return <span className="text-text-3">0</span>;
  return (
    <NextLink href={heldAddress(id)} prefetch={false} className="font-semibold hover:underline">
      {formatCount(held.count)}
    </NextLink>
  );
}

type ActsProps = { exception: Exception; viewer: Viewer };

function RuleMenu({ exception, viewer, onOpen }: ActsProps & { onOpen: (open: Open) => void }) {
  const { state, version, pending, notHeld } = exception;
  const isOver = state === "ended";
  const waits = state === "awaiting" || pending !== null || notHeld > 0;
  const mayReview = viewer.mayTriage && !isOver && waits && (pending ?? version).madeBy !== viewer.userName;
  return (
    <Menu trigger={<IconButton icon="more" label="Acts on this exception" size="small" />}>
      {mayReview ? (
        <>
          <MenuItem icon="check" onSelect={() => onOpen("approve")}>
            Approve…
          </MenuItem>
          <MenuItem icon="close" onSelect={() => onOpen("decline")}>
            Decline…
          </MenuItem>
        </>
      ) : null}
      {viewer.mayTriage && !isOver ? (
        <>
          <MenuItem icon="clock" onSelect={() => onOpen("change")}>
            Change or renew…
          </MenuItem>
          <MenuItem icon="undo" onSelect={() => onOpen("end")}>
            End…
          </MenuItem>
        </>
      ) : null}
      <MenuItem icon="file" onSelect={() => onOpen("history")}>
        History
      </MenuItem>
    </Menu>
  );
}

function OpenDialog({ open, exception, viewer, onClose }: ActsProps & { open: Open; onClose: () => void }) {
  switch (open) {
    case "change":
      return <RuleDialog subject={{ exception }} userName={viewer.userName} onClose={onClose} />;
    case "end":
      return <EndDialog exception={{ id: exception.id, count: exception.held.count }} onClose={onClose} />;
    case "approve":
      return <ReviewDialog exception={exception} decision="approved" onClose={onClose} />;
    case "decline":
      return <ReviewDialog exception={exception} decision="declined" onClose={onClose} />;
    case "history":
      return <HistoryDialog id={exception.id} onClose={onClose} />;
    case null:
      return null;
  }
}
