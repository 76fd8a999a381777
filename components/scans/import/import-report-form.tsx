"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { formatBytes } from "#components/ui/numbers.ts";
import { Progress } from "#components/ui/progress.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import { scansQuery } from "#lib/client/scans.ts";
import { IMPORT_NAME_LENGTH, isScanName } from "#lib/domain/scan-name.ts";
import { runPath } from "../scan-paths.ts";
import { ReportDrop } from "./report-drop.tsx";
import { suggestImportName } from "./suggest-import-name.ts";
import { useSendReport } from "./use-send-report.ts";

/** Choose or drop a report, name it, send it; then the page of its run opens. */
export function ImportReportForm() {
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState("");
  const [nameError, setNameError] = useState<string>();
  const { sentBytes, error, start, cancel, reset } = useSendReport((run) => router.push(runPath(run)));
  const isSending = sentBytes !== null;

  const choose = (chosen: File) => {
    setFile(chosen);
    reset();
    if (name === "" || (file && name === suggestImportName(file.name))) setName(suggestImportName(chosen.name));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isName = isScanName(name, IMPORT_NAME_LENGTH);
    setNameError(isName ? undefined : "Use letters, digits and - _ $ : . only, up to 64 of them.");
    if (isName && file) void start(name, file);
  };

  return (
    <form onSubmit={submit} className="grid max-w-dialog gap-4">
      <ReportDrop file={file} isDisabled={isSending} onChoose={choose} />
      <TextField
        label="Name"
        name="name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={nameError}
        hint={<NameHint name={name} />}
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        readOnly={isSending}
      />
      {error ? <Banner kind="error">{visibleText(error.message)}</Banner> : null}
      {file && isSending ? <Sending file={file} sentBytes={sentBytes} /> : null}
      <div className="flex items-center gap-2">
        <Button
          type="submit"
          look="main"
          icon="upload"
          busy={isSending}
          disabledReason={file ? null : "Choose a report first"}
        >
          Import
        </Button>
        {isSending ? <Button onClick={cancel}>Cancel import</Button> : null}
      </div>
    </form>
  );
}

/** Once all of it has arrived it is read to its end, before it is taken. */
function Sending({ file, sentBytes }: { file: File; sentBytes: number }) {
  if (sentBytes >= file.size) return <Progress label="Reading the report" done={0} total={null} words="" />;
  const words = `${formatBytes(sentBytes)} of ${formatBytes(file.size)}`;
  return <Progress label="Sending" done={sentBytes} total={file.size} words={words} />;
}

/** What a name means is said before anything is sent. */
function NameHint({ name }: { name: string }) {
  const { data } = useQuery(scansQuery(name));
  const known = data?.items.find((scan) => scan.name === name);
  if (known?.source === "codeguru") return "This name holds scans of source code. Choose another for the report.";
  if (known) return `Revision ${known.revisions + 1} of ${known.name}: what it no longer reports is taken as fixed.`;
  return "One name for each project and tool. Use it again next time: what a later report leaves out is taken as fixed.";
}
