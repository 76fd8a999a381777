"use client";
import { useEffect, useState } from "react";
import { fingerprintOf } from "#lib/client/file-fingerprint.ts";

/** By which the chosen file is known again; null until it is read, or when it cannot be. */
export function useFingerprint(file: File | null): string | null {
  const [known, setKnown] = useState<{ file: File; fingerprint: string } | null>(null);
  useEffect(() => {
    if (!file) return;
    fingerprintOf(file).then(
      (fingerprint) => setKnown({ file, fingerprint }),
      () => setKnown(null), // the check before the upload says what is wrong with it
    );
  }, [file]);
  return known?.file === file ? (known?.fingerprint ?? null) : null;
}
