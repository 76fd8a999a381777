"use client";
import { useEffect, useState } from "react";
import { IconButton } from "./button.tsx";

const SHOWN_MS = 2_000;

/** Copies `text`, and says so. `what` completes "Copy …": "the command". */
export function CopyButton({ text, what, icon = "copy" }: { text: string; what: string; icon?: "copy" | "link" }) {
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);
  useEffect(() => {
    if (outcome === null) return;
    const timer = setTimeout(() => setOutcome(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = () =>
    // Without https there is no clipboard; then the text can still be marked by hand.
    (navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("no clipboard"))).then(
      () => setOutcome("copied"),
      () => setOutcome("refused"),
    );
  return (
    <>
      <IconButton
        size="small"
        icon={outcome === "copied" ? "check" : icon}
        label={outcome === "copied" ? "Copied" : `Copy ${what}`}
        onClick={copy}
      />
      <span role="status" className="sr-only">
        {outcome === "copied" ? `Copied ${what}` : null}
        {outcome === "refused" ? "The browser did not allow copying" : null}
      </span>
    </>
  );
}
