import { formatBytes } from "#components/ui/numbers.ts";

/** How much of a file is on its way. */
export function UploadProgress({ file, sentBytes }: { file: File; sentBytes: number }) {
  const share = file.size === 0 ? 0 : Math.min(1, sentBytes / file.size);
  const words = `${formatBytes(sentBytes)} of ${formatBytes(file.size)}`;
  return (
    <div className="grid gap-1.5">
      <div className="flex justify-between gap-3">
        <span>{share < 1 ? "Uploading" : "Storing"}</span>
        <span className="text-12 text-text-3">{words}</span>
      </div>
      <div
        role="progressbar"
        aria-label="Upload"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-valuetext={words}
        className="h-1.5 overflow-hidden rounded-full bg-inset"
      >
        <div className="h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}
