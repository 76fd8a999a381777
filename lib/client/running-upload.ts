"use client";
import { useSyncExternalStore } from "react";
import { createUploader, type RunningUpload, type Uploader, type UploadSurroundings } from "./uploader.ts";
import { tusTransport } from "./uploads.ts";

const keepHere = (event: BeforeUnloadEvent) => event.preventDefault();

const browser: UploadSurroundings = {
  nowMs: () => performance.now(),
  whenLineMayBeBack(delayMs, goOn) {
    const off = () => {
      clearTimeout(timer);
      window.removeEventListener("online", now);
    };
    const now = () => {
      off();
      goOn();
    };
    const timer = setTimeout(now, delayMs);
    window.addEventListener("online", now);
    return off;
  },
  setLeavingCuts(cuts) {
    if (cuts) window.addEventListener("beforeunload", keepHere);
    else window.removeEventListener("beforeunload", keepHere);
  },
};

/** This window's uploader. It outlives pages, not the window. */
export const windowUploader = createUploader(tusTransport, browser);

/** The archive that an uploader is busy with, or has just been; null when there is none. */
export function useRunningUpload(uploader: Uploader): RunningUpload | null {
  return useSyncExternalStore(uploader.subscribe, uploader.current, () => null);
}
