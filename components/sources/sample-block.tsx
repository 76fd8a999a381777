"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { useToast } from "#components/ui/toast.tsx";
import { removeSample, showSample } from "#lib/client/connections.ts";
import { sampleQuery } from "#lib/client/sample.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { Sample } from "#lib/domain/sample.ts";

/** The invented organisation: what it is, and how to hide or remove it. Nothing when there is none. */
export function SampleBlock({ canChange }: { canChange: boolean }) {
  const { data: sample } = useQuery(sampleQuery());
  if (!sample || sample.state === "off" || sample.state === "removed") return null;
  return (
    <Block
      title="Sample organisation"
      note="Invented, so that you can look around"
      actions={canChange ? <Acts sample={sample} /> : null}
    >
      <p className="max-w-text text-text-2">{toWords(sample)}</p>
    </Block>
  );
}

function toWords(sample: Sample): string {
  const holds = `${formatCount(sample.accounts)} accounts with ${formatCount(sample.findings)} findings, ${formatCount(sample.openFindings)} of them open.`;
  if (sample.state === "replaying")
    return `Its year is being synced: week ${sample.week} of ${sample.weeks}. So far ${holds}`;
  if (sample.state === "removing") return "It is being removed. What people uploaded stays.";
  return `${holds} It goes by itself after the first whole pass over a real account. ${sample.isShown ? "" : "It is hidden now."}`;
}

function Acts({ sample }: { sample: Sample }) {
  const toast = useToast();
  const [isAsking, setIsAsking] = useState(false);
  const show = useAct(showSample, { refresh: ["sample", "findings", "freshness"], onFailed: toast.failed });
  const remove = useAct(removeSample, {
    refresh: ["sample", "findings", "connections"],
    onDone: () => setIsAsking(false),
    onFailed: toast.failed,
  });
  if (sample.state === "removing") return null;
  return (
    <>
      <Button size="small" busy={show.isPending} onClick={() => show.mutate(!sample.isShown)}>
        {sample.isShown ? "Hide it" : "Show it"}
      </Button>
      <Button size="small" look="danger" onClick={() => setIsAsking(true)}>
        Remove it
      </Button>
      <Dialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        title="Remove the sample organisation"
        text={`${formatCount(sample.findings)} invented findings and their history go. What people uploaded stays. This cannot be undone.`}
        actions={
          <>
            <Button onClick={() => setIsAsking(false)}>Keep it</Button>
            <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate(undefined)}>
              Remove {formatCount(sample.findings)} findings
            </Button>
          </>
        }
      />
    </>
  );
}
