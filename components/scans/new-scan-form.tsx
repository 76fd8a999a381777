"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import { scansQuery } from "#lib/client/scans.ts";
import { scanNameSchema } from "#lib/domain/scan.ts";
import { ArchiveDrop } from "./archive-drop.tsx";
import { PreflightReport } from "./preflight/preflight-report.tsx";
import { usePreflight } from "./preflight/use-preflight.ts";
import { runPath } from "./scan-paths.ts";
import { suggestScanName } from "./suggest-scan-name.ts";
import { UploadProgress } from "./upload-progress.tsx";
import { useUpload } from "./use-upload.ts";

/** Choose or drop a zip, name it, send it; then the page of its run opens. */
export function NewScanForm() {
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState("");
  const [nameError, setNameError] = useState<string>();
  const upload = useUpload((started) => router.push(runPath(started)));
  const preflight = usePreflight();

  const choose = (chosen: File) => {
    setFile(chosen);
    upload.reset();
    void preflight.check(chosen);
    if (name === "" || (file && name === suggestScanName(file.name))) setName(suggestScanName(chosen.name));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const parsed = scanNameSchema.safeParse(name);
    setNameError(parsed.success ? undefined : "Use letters, digits and - _ $ : . only, up to 140 of them.");
    if (parsed.success && file && preflight.result) upload.start(parsed.data, file);
  };

  return (
    <form onSubmit={submit} className="grid max-w-dialog gap-4">
      <ArchiveDrop file={file} isDisabled={upload.sentBytes !== null} onChoose={choose} />
      {file && preflight.refusal ? (
        <Banner kind="error">
          {visibleText(file.name)}: {preflight.refusal}
        </Banner>
      ) : null}
      {file && preflight.result ? <PreflightReport file={file} preflight={preflight.result} /> : null}
      <TextField
        label="Scan name"
        name="name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={nameError}
        hint={<NameHint name={name} />}
        autoComplete="off"
        spellCheck={false}
        maxLength={140}
        readOnly={upload.sentBytes !== null}
      />
      {upload.error ? <Banner kind="error">{upload.error}</Banner> : null}
      {file && upload.sentBytes !== null ? <UploadProgress file={file} sentBytes={upload.sentBytes} /> : null}
      <div className="flex items-center gap-2">
        <Button
          type="submit"
          look="main"
          icon="upload"
          busy={upload.sentBytes !== null}
          disabledReason={reasonToWait(file, preflight)}
        >
          Upload and scan
        </Button>
        {upload.sentBytes === null ? null : <Button onClick={upload.cancel}>Cancel upload</Button>}
      </div>
    </form>
  );
}

function reasonToWait(file: File | null, { result, refusal }: ReturnType<typeof usePreflight>): string | null {
  if (file === null) return "Choose a zip first";
  if (refusal !== null) return "This archive would be refused. Choose another";
  return result === null ? "The archive is being checked" : null;
}

/** A known name means a further revision: say so before it is sent. */
function NameHint({ name }: { name: string }) {
  const { data } = useQuery(scansQuery(name));
  const known = data?.items.find((scan) => scan.name === name);
  if (known) return `Revision ${known.revisions + 1} of ${known.name}: you will see what changed.`;
  return "A new name. Use the same name next time and you will see what changed.";
}
