import type { ApiError } from "#lib/client/api.ts";
import type { UploadSurroundings, UploadTransport } from "#lib/client/uploader.ts";

export const UPLOAD_RUN_ID = "0198f2a0-0000-7000-8000-000000000001";

type Line = Parameters<UploadTransport["send"]>[1];

/** A line that brings what a test says, and surroundings whose time a test moves. */
export function fakeUploadLine() {
  const lines: Line[] = [];
  const waits: { delayMs: number; goOn: () => void }[] = [];
  const asked: string[] = [];
  let refusal: ApiError | null = null;
  let nowMs = 0;
  let leavingCuts = false;
  const transport: UploadTransport = {
    announce: async ({ name }) => {
      asked.push(`announce ${name}`);
      if (refusal) throw refusal;
      return UPLOAD_RUN_ID;
    },
    send: ({ runId }, line) => {
      asked.push(`send ${runId}`);
      lines.push(line);
      return () => void asked.push("stop");
    },
    cancel: async ({ name }) => void asked.push(`cancel ${name}`),
  };
  const surroundings: UploadSurroundings = {
    nowMs: () => nowMs,
    whenLineMayBeBack: (delayMs, goOn) => {
      waits.push({ delayMs, goOn });
      return () => {};
    },
    setLeavingCuts: (cuts) => {
      leavingCuts = cuts;
    },
  };
  return {
    transport,
    surroundings,
    asked,
    waits,
    /** The line that is open now. */
    line: (): Line => {
      const line = lines.at(-1);
      if (!line) throw new Error("Nothing is being sent");
      return line;
    },
    pass: (ms: number) => {
      nowMs += ms;
    },
    refuse: (error: ApiError) => {
      refusal = error;
    },
    doesLeavingCut: () => leavingCuts,
  };
}
