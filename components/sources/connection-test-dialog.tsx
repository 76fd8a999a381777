"use client";
import { useQuery } from "@tanstack/react-query";
import { Button } from "#components/ui/button.tsx";
import { CommandLine } from "#components/ui/command-line.tsx";
import { DescriptionList } from "#components/ui/description-list.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { connectionTestQuery, testConnection } from "#lib/client/connections.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { Connection, ConnectionCheck, ConnectionTest } from "#lib/domain/connection.ts";

/** Tries everything a connection must be able to do, and names each permission that is missing. */
export function ConnectionTestDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const { data: test } = useQuery(connectionTestQuery(connection.id));
  const start = useAct(() => testConnection(connection.id), { refresh: ["connections"] });
  const isUnderWay = start.isPending || test?.state === "queued" || test?.state === "running";
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Test ${connection.name} in ${connection.region}`}
      text="Asks AWS who we are, and tries each call once."
      actions={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button look="main" busy={isUnderWay} onClick={() => start.mutate(undefined)}>
            {isUnderWay ? "Testing" : "Test now"}
          </Button>
        </>
      }
    >
      {start.error ? <Banner kind="error">{start.error.message}</Banner> : null}
      {test && test.state === "done" ? (
        <TestResult test={test} />
      ) : (
        <p className="text-text-2">{isUnderWay ? "The worker asks AWS now." : "Not tested yet."}</p>
      )}
    </Dialog>
  );
}

const CHECKS = {
  allowed: { icon: "check", tone: "text-ok-text", word: "allowed" },
  denied: { icon: "lock", tone: "text-bad-text", word: "refused" },
  failed: { icon: "warn", tone: "text-warn-text", word: "failed" },
} as const satisfies Record<ConnectionCheck["state"], { icon: string; tone: string; word: string }>;

function TestResult({ test }: { test: ConnectionTest }) {
  return (
    <div className="grid gap-4" aria-live="polite">
      <DescriptionList
        entries={[
          { name: "Account", value: test.identity?.accountId },
          { name: "We are", value: test.identity ? <code className="text-12">{test.identity.arn}</code> : null },
          { name: "Tested", value: test.finishedAt ? <Time at={test.finishedAt} /> : null },
        ]}
      />
      <ul className="grid gap-1.5">
        {test.checks.map((check) => (
          <li key={check.permission} className="grid grid-cols-[16px_minmax(0,1fr)] items-baseline gap-x-2">
            <Icon name={CHECKS[check.state].icon} className={`self-center ${CHECKS[check.state].tone}`} />
            <span>
              <code className="text-12">{check.permission}</code> {CHECKS[check.state].word}
            </span>
            {check.message ? (
              <span className="col-start-2 text-12 text-text-3 wrap-anywhere">
                <UntrustedText text={check.message} />
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      {test.missing.length > 0 ? (
        <div className="grid gap-1.5">
          <p>Add these to the role's policy:</p>
          <CommandLine text={JSON.stringify(test.missing)} what="the missing actions" />
        </div>
      ) : null}
    </div>
  );
}
