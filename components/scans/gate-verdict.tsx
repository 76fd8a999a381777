"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { Tag } from "#components/ui/tag.tsx";
import { scanGateQuery } from "#lib/client/scans.ts";
import { CI_PATH } from "./scan-paths.ts";

/** Whether a pipeline would go on with this run, with the rule in words. */
export function GateVerdict({ run }: { run: { name: string; runId: string } }) {
  const { data: gate } = useQuery(scanGateQuery(run));
  if (!gate) return null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line px-3.5 py-2.5">
      <Tag tone={gate.passed ? "ok" : "bad"} icon={gate.passed ? "check" : "close"}>
        {gate.passed ? "Gate passed" : "Gate failed"}
      </Tag>
      <p>{gate.verdict}</p>
      <NextLink href={CI_PATH} className="link ml-auto text-12">
        Use the gate in CI
      </NextLink>
    </div>
  );
}
