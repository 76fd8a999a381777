import { formatBytes, formatPercent } from "#components/ui/numbers.ts";
import type { RunningUpload } from "#lib/client/uploader.ts";

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;

/** "412 MB of 1.5 GB, 27 %" */
export function toAmount({ sentBytes, sizeBytes }: Pick<RunningUpload, "sentBytes" | "sizeBytes">): string {
  return `${formatBytes(sentBytes)} of ${formatBytes(sizeBytes)}, ${formatPercent(toShare({ sentBytes, sizeBytes }))}`;
}

/** "34 MB a second, about 30 s left"; nothing while the speed is not known. */
export function toPace({ sentBytes, sizeBytes, bytesPerSecond }: RunningUpload): string | null {
  if (bytesPerSecond === null || bytesPerSecond <= 0) return null;
  return `${formatBytes(bytesPerSecond)} a second, ${toTimeLeft((sizeBytes - sentBytes) / bytesPerSecond)}`;
}

/** Never finer than it can be known. */
export function toTimeLeft(seconds: number): string {
  if (seconds < 5) return "a few seconds left";
  if (seconds < MINUTE_S) return `about ${Math.ceil(seconds / 5) * 5} s left`;
  if (seconds < HOUR_S) return `about ${Math.ceil(seconds / MINUTE_S)} min left`;
  return `about ${Math.ceil(seconds / HOUR_S)} h left`;
}

/** What is going on, and what that means for who waits. */
export function toSituation(upload: RunningUpload): string {
  switch (upload.phase) {
    case "announcing":
      return "The archive is being announced.";
    case "sending":
      return upload.sentBytes < upload.sizeBytes
        ? "Keep this tab open until everything has arrived. Other pages of Sightline are fine."
        : "Everything is sent. Sightline checks what arrived.";
    case "waiting":
      return `${toSentence(upload.error ?? "")} What has arrived is kept, and the upload goes on by itself.`;
    case "paused":
      return "Paused. What has arrived is kept for a day.";
    case "arrived":
      return "Everything has arrived.";
    case "failed":
      return upload.error ?? "The upload failed.";
  }
}

/** What a screen reader is told: each change of the situation, and each quarter of the way. */
export function toAnnouncement(upload: RunningUpload): string {
  const quarters = Math.floor(toShare(upload) * 4);
  const isOnItsWay = upload.phase === "sending" && upload.sentBytes < upload.sizeBytes && quarters > 0;
  return isOnItsWay ? `${quarters * 25} % of ${upload.fileName} is uploaded.` : toSituation(upload);
}

function toSentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}

function toShare({ sentBytes, sizeBytes }: Pick<RunningUpload, "sentBytes" | "sizeBytes">): number {
  return sizeBytes === 0 ? 0 : Math.min(1, sentBytes / sizeBytes);
}
