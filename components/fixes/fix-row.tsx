"use client";
import NextLink from "next/link";
import { useId, useState } from "react";
import { CommandLine } from "#components/ui/command-line.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { countOf, formatCount } from "#components/ui/numbers.ts";
import { SeverityGlyph, severityWord } from "#components/ui/severity.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import type { Fix } from "#lib/domain/fix.ts";
import { SEVERITIES } from "#lib/domain/severities.ts";
import { FixEffect } from "./fix-effect.tsx";
import { FixProgress } from "./fix-progress.tsx";
import { FixWords } from "./fix-words.tsx";
import { SeverityStack } from "./severity-stack.tsx";

/** One fix: what it changes and closes; opened, how it is made and the way to its findings. */
export function FixRow({ fix, most }: { fix: Fix; most: number }) {
  const [isOpen, setIsOpen] = useState(false);
  const partId = useId();
  return (
    <li>
      <div className="relative flex items-center gap-3.5 px-3.5 py-2 hover:bg-raised max-md:px-3">
        <FixEffect fix={fix}>
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={isOpen ? partId : undefined}
            onClick={() => setIsOpen(!isOpen)}
            className="block max-w-full truncate text-left font-medium after:absolute after:inset-0 max-md:whitespace-normal max-md:wrap-anywhere"
          >
            <FixWords fix={fix} />
          </button>
        </FixEffect>
        <SeverityStack fix={fix} most={most} />
        <Icon name="down" className={isOpen ? "text-text-3" : "-rotate-90 text-text-3"} />
      </div>
      {isOpen ? (
        <div id={partId} className="grid gap-3 border-t border-line bg-canvas py-3 pr-3.5 pl-21 max-md:px-3">
          <HowTo fix={fix} />
          <FixProgress fix={fix} />
          <ul aria-label="By severity" className="flex flex-wrap gap-x-3.5 gap-y-1 text-12 text-text-2 tabular-nums">
            {SEVERITIES.filter((severity) => (fix.bySeverity[severity] ?? 0) > 0).map((severity) => (
              <li key={severity} className="flex items-center gap-1">
                <SeverityGlyph severity={severity} className="size-3.5" />
                {formatCount(fix.bySeverity[severity] ?? 0)} {severityWord(severity).toLowerCase()}
              </li>
            ))}
          </ul>
          <NextLink href={`/findings?${fix.filter}`} prefetch={false} className="link w-fit">
            Show the {countOf(fix.findings, "finding")} that it closes
          </NextLink>
        </div>
      ) : null}
    </li>
  );
}

const ADVICE: Record<Fix["kind"], string> = {
  "base-image":
    "Pull a base image in which the system packages are patched, build anew, deploy, and delete the old images.",
  package: "Bring the package to the fixed version where it is declared, build and deploy anew.",
  runtime: "Build with a runtime of the fixed version or later, and deploy anew.",
  code: "",
};

function HowTo({ fix }: { fix: Fix }) {
  if (fix.code !== null)
    return (
      <p className="wrap-anywhere text-text-2">
        <UntrustedText text={fix.code.title} />. Its findings show the code, and a fix where the source suggests one.
      </p>
    );
  return (
    <>
      <p className="text-text-2">{ADVICE[fix.kind]}</p>
      {fix.command === null ? null : <CommandLine text={fix.command} />}
    </>
  );
}
