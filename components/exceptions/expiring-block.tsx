"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { useState } from "react";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ExploitedTag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { exceptionQuery, expiringQuery } from "#lib/client/exceptions.ts";
import { toRuleText } from "#lib/domain/exception-query.ts";
import { GROUNDS_WORDS } from "#lib/domain/triage-words.ts";
import { DecisionDialog, type ExpiringItem } from "./decision-dialog.tsx";
import { EndDialog } from "./end-dialog.tsx";
import { heldAddress } from "./exception-words.ts";
import { RuleDialog } from "./rule-dialog.tsx";
import type { Viewer } from "./rule-row.tsx";

/** What ends within two weeks, with who has to renew it or let it go. */
export function ExpiringBlock({ viewer }: { viewer: Viewer }) {
  const { data, error } = useQuery(expiringQuery());
  return (
    <Block title="Ending within 14 days" note="Rules and single decisions: renew them, or let them go" flush>
      {error ? <p className="px-3.5 pb-3.5 text-bad-text">The queue did not load. {error.message}</p> : null}
      {!data && !error ? (
        <div className="p-3.5" aria-busy="true">
          <Skeleton width="50%" />
        </div>
      ) : null}
      {data?.items.length === 0 ? <p className="px-3.5 pb-3.5 text-text-2">Nothing ends within 14 days.</p> : null}
      {data && data.items.length > 0 ? (
        <ol className="divide-y divide-line border-t border-line">
          {data.items.map((item) => (
            <ExpiringLine key={`${item.id}${item.endsAt}`} item={item} viewer={viewer} />
          ))}
        </ol>
      ) : null}
    </Block>
  );
}

function ExpiringLine({ item, viewer }: { item: ExpiringItem; viewer: Viewer }) {
  const [act, setAct] = useState<"renew" | "lift" | null>(null);
  const { id, query, grounds, reason, owner, endsAt, count, knownExploited } = item;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3.5 py-2">
      <div className="min-w-0 flex-1 basis-64">
        {query === null ? (
          <p>{GROUNDS_WORDS[grounds]}, decided one by one</p>
        ) : (
          <code className="text-12 wrap-anywhere">
            <UntrustedText text={toRuleText(query)} />
          </code>
        )}
        <p className="text-12 text-text-2 wrap-anywhere">
          <UntrustedText text={owner} className="font-medium" />: <UntrustedText text={reason} />
        </p>
      </div>
      {knownExploited > 0 ? <ExploitedTag word={`${formatCount(knownExploited)} exploited`} /> : null}
      <NextLink href={heldAddress(id)} prefetch={false} className="font-semibold hover:underline">
        {formatCount(count)} <span className="font-normal text-text-3">held</span>
      </NextLink>
      <span className="text-warn-text">
        ends <Time at={endsAt} />
      </span>
      {viewer.mayTriage ? (
        <span className="flex gap-2">
          <Button size="small" onClick={() => setAct("renew")}>
            Renew
          </Button>
          <Button size="small" look="danger" onClick={() => setAct("lift")}>
            Let go
          </Button>
        </span>
      ) : null}
      {act ? <ActDialog item={item} act={act} viewer={viewer} onClose={() => setAct(null)} /> : null}
    </li>
  );
}

type ActDialogProps = { item: ExpiringItem; act: "renew" | "lift"; viewer: Viewer; onClose: () => void };

function ActDialog({ item, act, viewer, onClose }: ActDialogProps) {
  if (item.kind === "decision") return <DecisionDialog item={item} act={act} onClose={onClose} />;
  if (act === "lift") return <EndDialog exception={item} onClose={onClose} />;
  return <RenewRule id={item.id} viewer={viewer} onClose={onClose} />;
}

function RenewRule({ id, viewer, onClose }: { id: string; viewer: Viewer; onClose: () => void }) {
  const { data } = useQuery(exceptionQuery(id));
  return data ? <RuleDialog subject={{ exception: data }} userName={viewer.userName} onClose={onClose} /> : null;
}
