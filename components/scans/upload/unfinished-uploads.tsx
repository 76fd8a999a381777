"use client";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { Time } from "#components/ui/time.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import { cancelScanRun } from "#lib/client/scans.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { Upload } from "#lib/domain/upload.ts";
import { toAmount } from "./upload-words.ts";

/** What was begun and has not arrived whole: choosing the same file again goes on with it. */
export function UnfinishedUploads({ uploads }: { uploads: Upload[] }) {
  if (uploads.length === 0) return null;
  return (
    <Block title="Not finished" flush>
      <ul>
        {uploads.map((upload) => (
          <UnfinishedUpload key={upload.runId} upload={upload} />
        ))}
      </ul>
    </Block>
  );
}

function UnfinishedUpload({ upload }: { upload: Upload }) {
  const toast = useToast();
  const file = visibleText(upload.fileName ?? upload.name);
  const discard = useAct(() => cancelScanRun(upload), {
    refresh: ["uploads", "scans"],
    onDone: () => toast.done(`The unfinished upload of ${upload.name} is discarded`),
    onFailed: toast.failed,
  });
  const amount = toAmount({ sentBytes: upload.receivedBytes, sizeBytes: upload.lengthBytes });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line px-3.5 py-2.5">
      <div className="min-w-0 flex-1 basis-60">
        <p className="wrap-anywhere">
          <span className="font-medium">{file}</span> <span className="text-text-3">for {upload.name}</span>
        </p>
        <p className="text-12 text-text-2">
          {upload.isReceiving ? (
            <>{amount}. It is being sent from another window.</>
          ) : (
            <>
              {amount}. Choose the same file to go on; it is discarded <Time at={upload.expiresAt} />.
            </>
          )}
        </p>
      </div>
      <Button size="small" busy={discard.isPending} onClick={() => discard.mutate(undefined)}>
        Discard
      </Button>
    </li>
  );
}
