import { classNames } from "#components/ui/class-names.ts";
import { Icon } from "#components/ui/icon.tsx";
import { Progress } from "#components/ui/progress.tsx";
import type { ScanRun, ScanSource } from "#lib/domain/scan.ts";
import { toAmount } from "./upload/upload-words.ts";

type Stage = "Upload" | "Unpack" | "Scan" | "Import";
const STAGES: Record<ScanSource, Stage[]> = {
  codeguru: ["Upload", "Unpack", "Scan", "Import"],
  sarif: ["Upload", "Import"],
};

/** The scanner's words for where it is; one that it does not tell counts as scanning. */
const STAGE_OF: Record<string, Stage> = {
  sending: "Unpack",
  queued: "Unpack",
  "waiting-for-scanner": "Unpack",
  "waiting-for-turn": "Unpack",
  reading: "Unpack",
  parsing: "Scan",
  analysing: "Scan",
};

function stageOf(run: ScanRun): Stage {
  if (run.state === "uploading") return "Upload";
  if (run.state === "importing" || run.source === "sarif") return "Import";
  return STAGE_OF[run.stage ?? ""] ?? (run.state === "queued" ? "Unpack" : "Scan");
}

/** What is done, what is under way with its count, what comes. */
export function RunStages({ run }: { run: ScanRun }) {
  const stages = STAGES[run.source];
  const now = stages.indexOf(stageOf(run));
  return (
    <section aria-label="Progress" aria-live="polite" className="max-w-dialog rounded-lg border border-line">
      <ol className="grid gap-4 p-3.5">
        {stages.map((stage, place) => (
          <li key={stage} className="grid grid-cols-[24px_minmax(0,1fr)] items-center gap-x-2.5">
            <StageMark isDone={place < now} isNow={place === now} />
            {place === now ? (
              <CurrentStage run={run} stage={stage} />
            ) : (
              <span className={place < now ? "" : "text-text-3"}>{stage}</span>
            )}
          </li>
        ))}
      </ol>
      <p className="border-t border-line px-3.5 py-2.5 text-text-3">{toOutlook(run)}</p>
    </section>
  );
}

function toOutlook(run: ScanRun): string {
  if (run.state === "uploading" && run.source === "codeguru")
    return "The archive comes from where it was chosen. If that page was closed, choose the same file in New scan to go on.";
  if (run.stage === "waiting-for-scanner")
    return "The scanner cannot be reached. The upload is kept, and the scan goes on by itself.";
  if (run.stage === "waiting-for-turn")
    return "Another revision of this name is under way. This one waits for it, and goes on by itself.";
  return `You can leave this page. The ${run.source === "sarif" ? "import" : "scan"} goes on.`;
}

function CurrentStage({ run, stage }: { run: ScanRun; stage: Stage }) {
  const { done, total } = run.progress;
  if (stage === "Upload" && total !== null && total > 0)
    return (
      <Progress label="Upload" done={done} total={total} words={toAmount({ sentBytes: done, sizeBytes: total })} />
    );
  if (stage === "Scan" && total !== null && total > 0)
    return <Progress label="Scan" done={done} total={total} unit="files" />;
  if (stage === "Import" && run.source === "sarif" && total !== null && total > 0)
    return <Progress label="Import" done={done} total={total} unit="findings" />;
  return <span className="font-medium">{stage}</span>;
}

function StageMark({ isDone, isNow }: { isDone: boolean; isNow: boolean }) {
  if (isDone) return <Icon name="check" className="size-5 rounded-full bg-ok-soft p-0.5 text-ok-text" />;
  if (isNow) return <Icon name="ring" className="size-5 animate-spin text-accent motion-reduce:animate-none" />;
  return <span className={classNames("size-4 rounded-full border border-line-2", "ml-0.5")} />;
}
