import { classNames } from "#components/ui/class-names.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { countOf, formatCount } from "#components/ui/numbers.ts";
import type { ScanRun, ScanRunState } from "#lib/domain/scan.ts";

const LOOKS: Record<ScanRunState, { word: string; icon: IconName; tone: string; turns?: boolean }> = {
  uploading: { word: "Uploading", icon: "ring", tone: "text-note-text", turns: true },
  queued: { word: "Waiting", icon: "clock", tone: "text-text-3" },
  scanning: { word: "Scanning", icon: "ring", tone: "text-note-text", turns: true },
  importing: { word: "Importing", icon: "ring", tone: "text-note-text", turns: true },
  succeeded: { word: "Finished", icon: "check", tone: "text-ok-text" },
  failed: { word: "Failed", icon: "close", tone: "text-bad-text" },
  cancelled: { word: "Cancelled", icon: "close", tone: "text-text-3" },
};

/** How a run stands: icon, word, and how far it is while it runs. */
export function ScanState({ run }: { run: ScanRun }) {
  const look = LOOKS[run.state];
  const { done, total } = run.progress;
  return (
    <span className="inline-flex items-center gap-x-1.5 align-middle whitespace-nowrap max-md:flex-wrap">
      <Icon
        name={look.icon}
        className={classNames(look.tone, look.turns && "animate-spin motion-reduce:animate-none")}
      />
      {look.word}
      {run.state === "scanning" && total !== null && total > 0 ? (
        <span className="text-text-3">
          {formatCount(done)} of {formatCount(total)}
        </span>
      ) : null}
      {run.state === "succeeded" && run.skippedFiles.length > 0 ? (
        <span className="text-text-3">{countOf(run.skippedFiles.length, "file")} left out</span>
      ) : null}
    </span>
  );
}
