"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { Block } from "#components/ui/block.tsx";
import { formatChange } from "#components/ui/numbers.ts";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { overviewQuery } from "#lib/client/overview.ts";
import { useTeam } from "#lib/client/use-team.ts";
import type { ScanRun } from "#lib/domain/scan.ts";
import { runPath } from "./scan-paths.ts";
import { ScanState } from "./scan-state.tsx";

/** The scans of the last days: how each stands, and what it brought. */
export function RecentScans() {
  const team = useTeam();
  const { data } = useQuery(overviewQuery(team));
  const runs = (data?.scans ?? []).flatMap(({ latestRun }) => latestRun ?? []);
  const all = (
    <NextLink href="/scans" className="link text-12">
      All scans
    </NextLink>
  );
  return (
    <Block title="Recent scans" note={team.length > 0 ? "Of all teams" : undefined} actions={all} flush>
      {runs.length === 0 ? (
        <p className="border-t border-line px-3.5 py-3 text-text-2">
          No source code has been scanned yet.{" "}
          <NextLink href="/scans/new" className="link">
            Scan a zip
          </NextLink>
        </p>
      ) : (
        <ul className="divide-y divide-line border-t border-line">
          {runs.map((run) => (
            <RecentRun key={run.runId} run={run} />
          ))}
        </ul>
      )}
    </Block>
  );
}

function RecentRun({ run }: { run: ScanRun }) {
  return (
    <li className="relative flex min-h-(--size-row) items-center gap-3 px-3.5 hover:bg-raised">
      <NextLink
        href={runPath(run)}
        prefetch={false}
        className="min-w-0 flex-1 truncate font-medium after:absolute after:inset-0"
      >
        <UntrustedText text={run.name} />
      </NextLink>
      {run.counts ? (
        <span className="text-12 whitespace-nowrap">
          <span className={run.counts.new > 0 ? "text-bad-text" : "text-text-3"}>
            {formatChange(run.counts.new)} new
          </span>{" "}
          <span className={run.counts.closed > 0 ? "text-ok-text" : "text-text-3"}>
            {formatChange(-run.counts.closed)} closed
          </span>
        </span>
      ) : (
        <ScanState run={run} />
      )}
      <Time at={run.createdAt} className="w-16 text-right text-12 whitespace-nowrap text-text-2" />
    </li>
  );
}
