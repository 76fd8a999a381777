"use client";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import { visibleText } from "#components/ui/untrusted-text.tsx";
import type { RunningUpload } from "#lib/client/uploader.ts";
import { toAmount, toAnnouncement, toPace, toSituation } from "./upload-words.ts";

type Acts = { onPause: () => void; onGoOn: () => void; onCancel: () => void; onClose: () => void };

/** One archive on its way: how far, how fast, and what one can do about it. */
export function UploadPanel({ upload, ...acts }: { upload: RunningUpload } & Acts) {
  return (
    <section aria-label="Upload" className="grid gap-3 rounded-lg border border-line p-3.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-0.5">
        <h2 className="text-14 wrap-anywhere">{visibleText(upload.fileName)}</h2>
        <span className="text-12 text-text-3">
          for <span className="font-medium text-text-2">{upload.name}</span>
        </span>
      </div>
      <UploadBar upload={upload} />
      <Situation upload={upload} />
      <p aria-live="polite" className="sr-only">
        {toAnnouncement(upload)}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <Buttons upload={upload} {...acts} />
      </div>
    </section>
  );
}

function UploadBar({ upload }: { upload: RunningUpload }) {
  const { sentBytes, sizeBytes, phase } = upload;
  const amount = toAmount(upload);
  return (
    <div className="grid gap-1.5">
      <div className="flex flex-wrap justify-between gap-x-3 text-12 text-text-2">
        <span>{amount}</span>
        <span className="text-text-3">{toPace(upload)}</span>
      </div>
      <div
        role="progressbar"
        aria-label={`Upload of ${upload.fileName}`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={sizeBytes === 0 ? 0 : Math.floor((sentBytes / sizeBytes) * 100)}
        aria-valuetext={amount}
        className="h-1.5 overflow-hidden rounded-full bg-text/10"
      >
        <div
          className={classNames("h-full rounded-full", phase === "sending" ? "bg-accent" : "bg-text-3")}
          style={{ width: `${sizeBytes === 0 ? 0 : (sentBytes / sizeBytes) * 100}%` }}
        />
      </div>
    </div>
  );
}

const MARKS: Record<RunningUpload["phase"], { icon: IconName; tone: string }> = {
  announcing: { icon: "ring", tone: "animate-spin text-accent motion-reduce:animate-none" },
  sending: { icon: "upload", tone: "text-accent" },
  waiting: { icon: "clock", tone: "text-warn-text" },
  paused: { icon: "clock", tone: "text-text-3" },
  arrived: { icon: "check", tone: "text-ok-text" },
  failed: { icon: "warn", tone: "text-bad-text" },
};

function Situation({ upload }: { upload: RunningUpload }) {
  const { icon, tone } = MARKS[upload.phase];
  return (
    <p role={upload.phase === "failed" ? "alert" : undefined} className="flex gap-2 text-text-2">
      <Icon name={icon} className={classNames("mt-0.5", tone)} />
      <span>{toSituation(upload)}</span>
    </p>
  );
}

function Buttons({ upload, onPause, onGoOn, onCancel, onClose }: { upload: RunningUpload } & Acts) {
  const cancel = <Button onClick={onCancel}>Cancel upload</Button>;
  switch (upload.phase) {
    case "announcing":
      return cancel;
    case "sending":
      return (
        <>
          <Button onClick={onPause}>Pause</Button>
          {cancel}
        </>
      );
    case "waiting":
      return (
        <>
          <Button onClick={onGoOn}>Try now</Button>
          {cancel}
        </>
      );
    case "paused":
      return (
        <>
          <Button look="main" onClick={onGoOn}>
            Go on
          </Button>
          {cancel}
        </>
      );
    case "failed":
      return (
        <>
          <Button look="main" onClick={onGoOn}>
            Try again
          </Button>
          <Button onClick={onClose}>Choose another</Button>
        </>
      );
    case "arrived":
      return null;
  }
}
