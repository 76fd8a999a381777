"use client";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { LabelledCheckbox } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { formatBytes, formatCount, formatTotal } from "#components/ui/numbers.ts";
import { Progress } from "#components/ui/progress.tsx";
import { Segmented } from "#components/ui/segmented.tsx";
import { type ExportProgress, fetchFile, keepFile } from "#lib/client/export-file.ts";
import { type ExportFormat, type FindingListFilter, findingsFileAddress } from "#lib/client/findings.ts";
import { EXPORT_COLUMNS, type ExportColumn } from "#lib/domain/export-columns.ts";
import type { FindingPage } from "#lib/domain/finding-page.ts";
import type { ListColumn } from "#lib/domain/list-column-words.ts";
import { columnWord, exportColumnsOf } from "./export-columns.ts";

const FORM_ID = "export";
const FORMATS: { value: ExportFormat; label: string }[] = [
  { value: "csv", label: "CSV" },
  { value: "jsonl", label: "JSON Lines" },
  { value: "sarif", label: "SARIF" },
];
/** Lines that are no finding: the names of the columns, the line that says that this was all. SARIF has no rows. */
const OTHER_LINES: Record<ExportFormat, number> = { csv: 1, jsonl: 1, sarif: Number.POSITIVE_INFINITY };

type Total = FindingPage["total"] | undefined;
type ExportDialogProps = {
  filter: FindingListFilter;
  /** What is on screen: a file begins with these. */
  columns: readonly ListColumn[];
  total: Total;
  onClose: () => void;
};

/** The list as a file: its form, its columns, and how far it has come. Closing gives it up. */
export function ExportDialog({ filter, columns, total, onClose }: ExportDialogProps) {
  const [format, setFormat] = useState<ExportFormat>("csv");
  const file = useExport(onClose);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget).getAll("columns");
    const inFile = format === "csv" ? EXPORT_COLUMNS.filter((column) => chosen.includes(column)) : [];
    file.start(findingsFileAddress(filter, format, inFile), format);
  };
  const isRunning = file.progress !== null;
  return (
    <Dialog
      isOpen
      onClose={file.giveUp}
      title="Export this list"
      text="Its filters, its order and its moment, from the first finding to the last."
      actions={
        <>
          <Button onClick={file.giveUp}>{isRunning ? "Give up" : "Cancel"}</Button>
          <Button look="main" type="submit" form={FORM_ID} busy={isRunning}>
            Export {total ? `${formatTotal(total)} ${total.count === 1 ? "finding" : "findings"}` : "the list"}
          </Button>
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="grid gap-4">
        <Segmented label="Form of the file" options={FORMATS} value={format} onChange={setFormat} />
        {format === "csv" ? <Columns shown={exportColumnsOf(columns)} /> : null}
        {file.progress ? <ExportState format={format} progress={file.progress} total={total} /> : null}
        {file.fault ? <Banner kind="error">{file.fault} Nothing was kept.</Banner> : null}
      </form>
    </Dialog>
  );
}

function Columns({ shown }: { shown: readonly ExportColumn[] }) {
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1 font-medium">Columns</legend>
      <div className="grid max-h-64 grid-cols-2 gap-x-4 gap-y-1.5 overflow-y-auto max-sm:grid-cols-1">
        {EXPORT_COLUMNS.map((column) => (
          <LabelledCheckbox
            key={column}
            name="columns"
            value={column}
            defaultChecked={shown.includes(column)}
            className="scroll-my-2"
          >
            {columnWord(column)}
          </LabelledCheckbox>
        ))}
      </div>
    </fieldset>
  );
}

type StateProps = { format: ExportFormat; progress: ExportProgress; total: Total };

function ExportState({ format, progress: { rows, sizeBytes }, total }: StateProps) {
  const all = total?.exact ? total.count : null;
  const isByRows = format !== "sarif";
  const so = isByRows ? `${formatCount(rows)} of ${total ? formatTotal(total) : "the"} findings, ` : "";
  return (
    <Progress
      label="Exporting"
      done={isByRows ? rows : 0}
      total={isByRows ? all : null}
      words={`${so}${formatBytes(sizeBytes)}`}
    />
  );
}

/** One file at a time; what is under way ends with the dialog. */
function useExport(onDone: () => void) {
  const [progress, setProgress] = useState<ExportProgress | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);
  const start = (address: string, format: ExportFormat) => {
    const controller = new AbortController();
    running.current = controller;
    setFault(null);
    setProgress({ rows: 0, sizeBytes: 0 });
    const options = { headLines: OTHER_LINES[format], signal: controller.signal, onProgress: setProgress };
    fetchFile(address, options).then(
      (file) => {
        keepFile(file, `findings-${new Date().toISOString().slice(0, 10)}.${format}`);
        onDone();
      },
      (error: unknown) => {
        setProgress(null);
        if (!controller.signal.aborted) setFault(toWords(error));
      },
    );
  };
  const giveUp = () => {
    running.current?.abort();
    onDone();
  };
  return { progress, fault, start, giveUp };
}

const toWords = (error: unknown): string => (error instanceof Error ? error.message : "The transfer broke off.");
