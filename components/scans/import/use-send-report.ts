"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { ApiError } from "#lib/client/api.ts";
import { type StartedImport, sendReport } from "#lib/client/imports.ts";

/** One report at a time. `sentBytes` is null while none is under way. Leaving the page ends it. */
export function useSendReport(onStarted: (run: StartedImport) => void) {
  const [sentBytes, setSentBytes] = useState<number | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const client = useQueryClient();
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = async (name: string, file: File) => {
    running.current = new AbortController();
    setError(null);
    setSentBytes(0);
    try {
      onStarted(await sendReport({ name, file, signal: running.current.signal }, setSentBytes));
    } catch (failure) {
      setError(failure instanceof ApiError ? failure : null);
      setSentBytes(null);
      // What was refused is a revision too.
      void client.invalidateQueries({ queryKey: ["scans"] });
    }
  };
  return { sentBytes, error, start, cancel: () => running.current?.abort(), reset: () => setError(null) };
}
