"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useToast } from "#components/ui/toast.tsx";
import { useRunningUpload, windowUploader } from "#lib/client/running-upload.ts";
import type { RunningUpload, Uploader } from "#lib/client/uploader.ts";
import { uploadsQuery } from "#lib/client/uploads.ts";
import { NewScanForm } from "./new-scan-form.tsx";
import { runPath } from "./scan-paths.ts";
import { UnfinishedUploads } from "./upload/unfinished-uploads.tsx";
import { UploadPanel } from "./upload/upload-panel.tsx";

/** Sends a zip as a scan's next revision, or the rest of one that was begun; then the page of its run opens. */
export function NewScan({ uploader = windowUploader }: { uploader?: Uploader }) {
  const router = useRouter();
  const client = useQueryClient();
  const toast = useToast();
  const upload = useRunningUpload(uploader);
  const { data } = useQuery(uploadsQuery());
  const refresh = () => client.invalidateQueries({ queryKey: ["uploads"] });
  useArrival(upload, (arrived) => {
    uploader.dismiss();
    void refresh();
    router.push(runPath(arrived));
  });

  const cancel = () =>
    uploader.cancel().then(refresh, (error: unknown) => toast.failed(error instanceof Error ? error.message : ""));
  const unfinished = data?.items.filter(({ runId }) => runId !== upload?.runId) ?? [];
  // What could not even be announced is told in the form, where it can be mended.
  const isOnItsWay = upload !== null && (upload.runId !== null || upload.phase === "announcing");
  return (
    <div className="grid max-w-dialog gap-4">
      {isOnItsWay ? (
        <UploadPanel
          upload={upload}
          onPause={uploader.pause}
          onGoOn={uploader.goOn}
          onCancel={cancel}
          onClose={() => {
            uploader.dismiss();
            void refresh();
          }}
        />
      ) : null}
      {isOnItsWay ? null : <UnfinishedUploads uploads={unfinished} />}
      <div hidden={isOnItsWay}>
        <NewScanForm uploader={uploader} unfinished={unfinished} error={isOnItsWay ? null : (upload?.error ?? null)} />
      </div>
    </div>
  );
}

/** Calls back once when the upload arrives while somebody is looking; one that has arrived before is old news. */
function useArrival(upload: RunningUpload | null, onArrived: (run: { name: string; runId: string }) => void): void {
  const before = useRef(upload?.phase);
  useEffect(() => {
    const hasArrived = upload?.phase === "arrived" && before.current !== "arrived";
    before.current = upload?.phase;
    if (hasArrived && upload.runId) onArrived({ name: upload.name, runId: upload.runId });
  });
}
