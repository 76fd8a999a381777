"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { ProgressBar } from "#components/ui/progress.tsx";
import { sampleQuery } from "#lib/client/sample.ts";
import type { Sample } from "#lib/domain/sample.ts";

/** Labels every page while anything on it may be invented. */
export function SampleBanner() {
  const { data: sample } = useQuery(sampleQuery());
  if (!sample || sample.state === "off" || sample.state === "removed") return null;
  if (!sample.isShown) return null;
  return (
    <aside
      aria-label="Sample data"
      className="striped-note flex flex-none items-center gap-2.5 border-b border-line px-5 py-[7px] text-12 leading-[18px] text-text-2 max-md:flex-wrap max-md:items-start max-md:px-4 print:hidden"
    >
      <Icon name="info" />
      <p className="min-w-0 flex-1">
        <b className="font-semibold text-note-text">Sample data.</b> <Words sample={sample} />
      </p>
      <NextLink href="/settings/sources" className="link whitespace-nowrap">
        Connect your accounts
      </NextLink>
    </aside>
  );
}

const WORDS: Record<"replaying" | "ready" | "removing", (sample: Sample) => ReactNode> = {
  replaying: ({ week, weeks }) => (
    <>
      An invented organisation is living through its year. Sample year: week {week} of {weeks}.
      <ProgressBar label="Sample year" done={week} total={weeks} unit="weeks" className="ml-2 inline-block w-24" />
    </>
  ),
  ready: ({ accounts, findings, openFindings }) => (
    <>
      <span className="max-md:hidden">
        These {formatCount(accounts)} accounts and {formatCount(findings)} findings ({formatCount(openFindings)} of them
        open) are invented so that you can look around.
      </span>
      <span className="md:hidden">All of it is invented.</span>
    </>
  ),
  removing: () => "It is being removed, since your own accounts are connected. Counts fall while it goes.",
};

function Words({ sample }: { sample: Sample }) {
  return sample.state === "off" || sample.state === "removed" ? null : WORDS[sample.state](sample);
}
