import { ApiError } from "./api.ts";
import { type SpeedSample, toSpeed, withSample } from "./upload-speed.ts";

/** One archive on its way, or just arrived. */
export type RunningUpload = {
  phase: "announcing" | "sending" | "waiting" | "paused" | "arrived" | "failed";
  name: string; // the scan's
  runId: string | null; // none until it is announced
  fileName: string;
  sizeBytes: number;
  sentBytes: number;
  bytesPerSecond: number | null;
  error: string | null;
};

type Target = { runId: string; file: File };
type Hearing = {
  onProgress: (sentBytes: number) => void;
  onArrived: () => void;
  onBroken: (error: ApiError) => void;
};

/** What carries an archive: announces it, sends what is not there yet, gives it up. */
export type UploadTransport = {
  /** Returns the run's id. Throws ApiError. */
  announce(upload: { name: string; file: File; fingerprint: string }): Promise<string>;
  /** Returns what stops it without a word. */
  send(target: Target, hearing: Hearing): () => void;
  /** Throws ApiError. */
  cancel(run: { name: string; runId: string }): Promise<void>;
};

/** Where the uploader lives: its clock, and the line's ups and downs. */
export type UploadSurroundings = {
  nowMs: () => number;
  /** Calls back after that long, or sooner when the line comes back. Returns what calls it off. */
  whenLineMayBeBack: (delayMs: number, goOn: () => void) => () => void;
  /** Told whether leaving the page would cut an upload off. */
  setLeavingCuts: (cuts: boolean) => void;
};

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10_000;
/** So often a second's progress is told; each telling draws the page anew. */
const TELL_MS = 200;

/**
 * Sends one archive at a time and outlives the page that began it: a lost line is waited for, and nothing that has
 * arrived is sent twice.
 */
export function createUploader(transport: UploadTransport, surroundings: UploadSurroundings) {
  let upload: RunningUpload | null = null;
  let file: File | null = null;
  let samples: SpeedSample[] = [];
  let waitMs = FIRST_WAIT_MS;
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let halt = () => {};
  const listeners = new Set<() => void>();

  const tell = (change: Partial<RunningUpload> | null) => {
    upload = change === null || upload === null ? null : { ...upload, ...change };
    surroundings.setLeavingCuts(isUnderWay(upload));
    for (const listener of listeners) listener();
  };

  const send = () => {
    const runId = upload?.runId;
    if (!runId || !file) return;
    samples = [];
    tell({ phase: "sending", bytesPerSecond: null, error: null });
    halt = transport.send({ runId, file }, { onProgress, onArrived: () => tell({ phase: "arrived" }), onBroken });
  };

  const onProgress = (sentBytes: number) => {
    const atMs = surroundings.nowMs();
    samples = withSample(samples, { atMs, sentBytes });
    waitMs = FIRST_WAIT_MS;
    if (atMs - toldAtMs < TELL_MS && sentBytes < (upload?.sizeBytes ?? 0)) return;
    toldAtMs = atMs;
    tell({ sentBytes, bytesPerSecond: toSpeed(samples) });
  };

  const onBroken = (error: ApiError) => {
    if (!isPassing(error)) return tell({ phase: "failed", error: error.message });
    tell({ phase: "waiting", bytesPerSecond: null, error: error.message });
    halt = surroundings.whenLineMayBeBack(waitMs, send);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  };

  const take = (chosen: File, what: Pick<RunningUpload, "phase" | "name" | "runId" | "sentBytes">) => {
    halt();
    file = chosen;
    waitMs = FIRST_WAIT_MS;
    upload = { ...what, fileName: chosen.name, sizeBytes: chosen.size, bytesPerSecond: null, error: null };
    tell({});
  };

  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    current: () => upload,

    /** Announces an archive as the next revision of a scan and sends it. */
    async start(chosen: { name: string; file: File; fingerprint: string }): Promise<void> {
      take(chosen.file, { phase: "announcing", name: chosen.name, runId: null, sentBytes: 0 });
      const taken = file;
      try {
        const runId = await transport.announce(chosen);
        // Given up before it was known under which name.
        if (upload === null || file !== taken) return await transport.cancel({ name: chosen.name, runId });
        tell({ runId });
        send();
      } catch (error) {
        tell({ phase: "failed", error: error instanceof ApiError ? error.message : "The upload could not begin." });
      }
    },
    /** Sends what is missing of an archive that was begun before. */
    resume(begun: { name: string; runId: string; receivedBytes: number; file: File }): void {
      const { name, runId, receivedBytes } = begun;
      take(begun.file, { phase: "sending", name, runId, sentBytes: receivedBytes });
      send();
    },
    pause(): void {
      halt();
      tell({ phase: "paused", bytesPerSecond: null, error: null });
    },
    goOn(): void {
      halt();
      send();
    },
    /** Gives it up; nothing of it is kept. */
    async cancel(): Promise<void> {
      halt();
      const given = upload;
      tell(null);
      if (given?.runId) await transport.cancel({ name: given.name, runId: given.runId });
    },
    /** Forgets one that has arrived or failed. */
    dismiss(): void {
      if (!isUnderWay(upload)) tell(null);
    },
  };
}
export type Uploader = ReturnType<typeof createUploader>;

/** Whether bytes are going up, or will as soon as the line is back. */
export function isUnderWay(upload: RunningUpload | null): boolean {
  return upload !== null && ["announcing", "sending", "waiting"].includes(upload.phase);
}

/** No answer, another request still at it, or a fault at the other end: all of these pass. */
function isPassing({ status }: ApiError): boolean {
  return status === 0 || [408, 409, 429].includes(status) || status >= 500;
}
