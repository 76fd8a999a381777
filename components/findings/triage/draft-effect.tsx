import { AccountCounts, SeverityCounts } from "#components/ui/effect-counts.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { TriageDraft } from "#lib/domain/triage.ts";
import type { TriageActKind } from "#lib/domain/triage-act.ts";
import { LEFT_OUT_WORDS, LEFT_OUTS } from "#lib/domain/triage-words.ts";

/** What an act would do, before it is done: how many, how bad, where, and what it leaves as it is. */
export function DraftEffect({ draft, kind }: { draft: TriageDraft | undefined; kind: TriageActKind }) {
  return (
    <section aria-label="What it would do" aria-busy={!draft} className="rounded-md border border-line">
      <div className="grid min-h-[62px] content-center gap-1 px-3 py-2.5" aria-live="polite">
        {draft ? <Effect draft={draft} kind={kind} /> : <Skeleton width="70%" />}
      </div>
      {draft ? <LeftOuts draft={draft} /> : null}
    </section>
  );
}

const VERBS: Record<TriageActKind, string> = {
  assign: "Assigns",
  due: "Sets the date of",
  severity: "Changes",
  suppress: "Hides",
  unsuppress: "Opens",
  comment: "Comments on",
};

function Effect({ draft, kind }: { draft: TriageDraft; kind: TriageActKind }) {
  if (draft.changes === 0) return <p className="font-medium">Changes nothing.</p>;
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <b className="font-semibold">
          {VERBS[kind]} {formatCount(draft.changes)} now:
        </b>
        <SeverityCounts {...draft} />
      </p>
      <p className="text-12 text-text-2">
        <AccountCounts {...draft} />
        {kind === "assign" || kind === "due" ? <Issues draft={draft} /> : null}
      </p>
    </>
  );
}

function Issues({ draft: { issues, issueFindings, changes } }: { draft: TriageDraft }) {
  if (issueFindings <= changes) return null;
  return `They belong to ${formatCount(issues)} ${issues === 1 ? "issue" : "issues"} with ${formatCount(issueFindings)} open findings: all of them follow.`;
}

function LeftOuts({ draft: { leftOut } }: { draft: TriageDraft }) {
  const words = LEFT_OUTS.flatMap((why) => {
    const count = leftOut[why];
    return count ? `${formatCount(count)} ${LEFT_OUT_WORDS[why]}` : [];
  });
  if (words.length === 0) return null;
  return <p className="border-t border-line px-3 py-2 text-12 text-text-2">Left as they are: {words.join("; ")}.</p>;
}
