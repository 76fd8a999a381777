"use client";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import { scansQuery } from "#lib/client/scans.ts";
import type { Uploader } from "#lib/client/uploader.ts";
import { isScanName } from "#lib/domain/scan-name.ts";
import type { Upload } from "#lib/domain/upload.ts";
import { ArchiveDrop } from "./archive-drop.tsx";
import { PreflightReport } from "./preflight/preflight-report.tsx";
import { usePreflight } from "./preflight/use-preflight.ts";
import { suggestScanName } from "./suggest-scan-name.ts";
import { toAmount } from "./upload/upload-words.ts";
import { useFingerprint } from "./upload/use-fingerprint.ts";

type Props = { uploader: Uploader; unfinished: Upload[]; error: string | null };

/** Choose or drop a zip, name it, send it. A zip that was begun before is known again, and goes on where it stands. */
export function NewScanForm({ uploader, unfinished, error }: Props) {
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState("");
  const [nameError, setNameError] = useState<string>();
  const preflight = usePreflight();
  const fingerprint = useFingerprint(file);
  const begun = unfinished.find((upload) => file?.size === upload.lengthBytes && fingerprint === upload.fingerprint);

  const choose = (chosen: File) => {
    setFile(chosen);
    uploader.dismiss();
    void preflight.check(chosen);
    if (name === "" || (file && name === suggestScanName(file.name))) setName(suggestScanName(chosen.name));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!file || !fingerprint || !preflight.result) return;
    if (begun) return uploader.resume({ ...begun, file });
    setNameError(isScanName(name) ? undefined : "Use letters, digits and - _ $ : . only, up to 140 of them.");
    if (isScanName(name)) void uploader.start({ name, file, fingerprint });
  };

  return (
    <form onSubmit={submit} className="grid gap-4">
      <ArchiveDrop file={file} onChoose={choose} />
      {file && preflight.refusal ? (
        <Banner kind="error">
          {visibleText(file.name)}: {preflight.refusal}
        </Banner>
      ) : null}
      {file && preflight.result ? <PreflightReport file={file} preflight={preflight.result} /> : null}
      {begun ? <Begun upload={begun} /> : null}
      <TextField
        label="Scan name"
        name="name"
        value={begun?.name ?? name}
        onChange={(event) => setName(event.target.value)}
        error={nameError}
        hint={begun ? "The name it was begun under." : <NameHint name={name} />}
        autoComplete="off"
        spellCheck={false}
        maxLength={140}
        readOnly={begun !== undefined}
      />
      {error ? <Banner kind="error">{error}</Banner> : null}
      <div>
        <Button
          type="submit"
          look="main"
          icon="upload"
          disabledReason={reasonToWait(file, fingerprint, preflight) ?? reasonToLeaveIt(begun)}
        >
          {begun ? "Go on uploading" : "Upload and scan"}
        </Button>
      </div>
    </form>
  );
}

function Begun({ upload }: { upload: Upload }) {
  const amount = toAmount({ sentBytes: upload.receivedBytes, sizeBytes: upload.lengthBytes });
  return <Banner kind="note">Here already: {amount}. Only the rest is sent.</Banner>;
}

function reasonToLeaveIt(begun: Upload | undefined): string | null {
  return begun?.isReceiving ? "It is being sent from another window" : null;
}

function reasonToWait(
  file: File | null,
  fingerprint: string | null,
  { result, refusal }: ReturnType<typeof usePreflight>,
): string | null {
  if (file === null) return "Choose a zip first";
  if (refusal !== null) return "This archive would be refused. Choose another";
  return result === null || fingerprint === null ? "The archive is being checked" : null;
}

/** A known name means a further revision: say so before it is sent. */
function NameHint({ name }: { name: string }) {
  const { data } = useQuery(scansQuery(name));
  const known = data?.items.find((scan) => scan.name === name);
  if (known) return `Revision ${known.revisions + 1} of ${known.name}: you will see what changed.`;
  return "A new name. Use the same name next time and you will see what changed.";
}
