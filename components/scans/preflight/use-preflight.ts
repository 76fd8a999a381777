"use client";
import { useRef, useState } from "react";
import { PreflightRefused } from "./preflight-refused.ts";
import { type Preflight, toPreflight } from "./to-preflight.ts";

type State = { result: Preflight | null; refusal: string | null };
const NOTHING: State = { result: null, refusal: null };

/** Checks the archive that was chosen last; of one that was replaced meanwhile nothing is told. */
export function usePreflight(): State & { check: (file: File) => Promise<void> } {
  const [state, setState] = useState<State>(NOTHING);
  const latest = useRef<File | null>(null);
  const check = async (file: File) => {
    latest.current = file;
    setState(NOTHING);
    const checked = await stateOf(file);
    if (latest.current === file) setState(checked);
  };
  return { ...state, check };
}

async function stateOf(file: File): Promise<State> {
  if (!/\.zip$/i.test(file.name)) {
    return { result: null, refusal: "this is not a zip. Pack the folder first: zip -r project.zip project" };
  }
  try {
    return { result: await toPreflight(file), refusal: null };
  } catch (error) {
    const reason =
      error instanceof PreflightRefused ? error.message : "The browser could not read it. Choose it again.";
    return { result: null, refusal: reason };
  }
}
