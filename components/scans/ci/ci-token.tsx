"use client";
import { Button } from "#components/ui/button.tsx";
import { CommandLine } from "#components/ui/command-line.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { createApiToken } from "#lib/client/people.ts";
import { useAct } from "#lib/client/use-act.ts";

const DAYS = 90;

/** Makes a token that can do what the script needs and nothing else; shown this once. */
export function CiToken({ scanName }: { scanName: string }) {
  const create = useAct(createApiToken, { refresh: ["tokens"] });
  if (create.data) {
    return (
      <div className="grid gap-1.5">
        <CommandLine text={create.data.token} what="the token" />
        <p className="text-12 text-text-3">It is shown only now, and ends in {DAYS} days.</p>
      </div>
    );
  }
  const make = () =>
    create.mutate({
      name: `CI, ${scanName}`.slice(0, 100),
      permissions: ["scans:read", "scans:write"],
      expiresInDays: DAYS,
    });
  return (
    <div className="grid justify-items-start gap-2">
      <Button icon="key" busy={create.isPending} onClick={make}>
        Make a token for {DAYS} days
      </Button>
      <p className="text-12 text-text-3">
        It may upload and read scans (<code>scans:write</code>, <code>scans:read</code>) and nothing else.
      </p>
      {create.error ? <Banner kind="error">{create.error.message}</Banner> : null}
    </div>
  );
}
