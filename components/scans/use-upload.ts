"use client";
import { useEffect, useRef, useState } from "react";
import { type StartedScan, uploadArchive } from "#lib/client/scans.ts";

/** One upload at a time. `sentBytes` is null while none is under way. Leaving the page ends it. */
export function useUpload(onStarted: (scan: StartedScan) => void) {
  const [sentBytes, setSentBytes] = useState<number | null>(null);
  const [error, setError] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = async (name: string, file: File) => {
    running.current = new AbortController();
    setError(null);
    setSentBytes(0);
    try {
      onStarted(await uploadArchive({ name, file, signal: running.current.signal }, setSentBytes));
    } catch (failure) {
      const wasCancelled = failure instanceof DOMException && failure.name === "AbortError";
      setError(wasCancelled || !(failure instanceof Error) ? null : failure.message);
      setSentBytes(null);
    }
  };
  return { sentBytes, error, start, cancel: () => running.current?.abort(), reset: () => setError(null) };
}
