"use client";
import { useQuery } from "@tanstack/react-query";
import NextLink from "next/link";
import { useState } from "react";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { formatCount } from "#components/ui/numbers.ts";
import { ScrollRegion } from "#components/ui/scroll-region.tsx";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import { Time } from "#components/ui/time.tsx";
import { UntrustedText } from "#components/ui/untrusted-text.tsx";
import { sourceRulesQuery } from "#lib/client/exceptions.ts";
import type { SourceRule, SourceRules } from "#lib/domain/source-rule.ts";
import { type CarriedRule, isCarried } from "./not-carried.tsx";
import { RuleDialog } from "./rule-dialog.tsx";
import type { Viewer } from "./rule-row.tsx";

/** Inspector's own suppression rules: shown, not changed; one of ours can be made of each. */
export function SourceRulesBlock({ viewer }: { viewer: Viewer }) {
  const { data, error } = useQuery(sourceRulesQuery());
  const [taken, setTaken] = useState<CarriedRule | null>(null);
  return (
    <Block title="Amazon Inspector’s own rules" note="Read with each whole pass; only AWS changes them" flush>
      {error ? <p className="px-3.5 pb-3.5 text-bad-text">The rules did not load. {error.message}</p> : null}
      {data ? <Rules rules={data} onTake={viewer.mayTriage ? setTaken : null} /> : null}
      {taken ? (
        <RuleDialog subject={{ sourceRule: taken }} userName={viewer.userName} onClose={() => setTaken(null)} />
      ) : null}
    </Block>
  );
}

/** Null for whoever may not make a rule. */
type OnTake = ((rule: CarriedRule) => void) | null;

function Rules({ rules: { items, unread, suppressed }, onTake }: { rules: SourceRules; onTake: OnTake }) {
  return (
    <>
      <p className="px-3.5 pb-3 text-12 text-text-2">
        <NextLink
          href="/findings?status=suppressed&source=inspector&suppressedBy=aws"
          prefetch={false}
          className="link"
        >
          {formatCount(suppressed)} suppressed in AWS
        </NextLink>
        . Inspector does not tell which of its rules suppressed a finding.
      </p>
      {unread.map(({ connectionName, region, failure }) => (
        <div key={`${connectionName}${region}`} className="px-3.5 pb-3">
          <Banner kind={failure.permission ? "refused" : "stale"}>
            <UntrustedText text={connectionName} className="font-medium" /> in {region}:{" "}
            {failure.permission ? (
              <>
                AWS refused <code>{failure.permission}</code>. Its rules are not shown; findings are read all the same.
              </>
            ) : (
              <UntrustedText text={failure.message} />
            )}
          </Banner>
        </div>
      ))}
      {items.length === 0 ? <p className="px-3.5 pb-3.5 text-text-2">No rule of Inspector’s own is known.</p> : null}
      {items.length > 0 ? (
        <ScrollRegion label="Suppression rules of Amazon Inspector, scrolls" className="max-h-96 overflow-y-auto">
          <Table caption="Suppression rules of Amazon Inspector" head={<Heads canTake={onTake !== null} />}>
            {items.map((rule) => (
              <RuleLine key={rule.arn} rule={rule} onTake={onTake} />
            ))}
          </Table>
        </ScrollRegion>
      ) : null}
    </>
  );
}

function Heads({ canTake }: { canTake: boolean }) {
  return (
    <>
      <ColumnHead>Name</ColumnHead>
      <ColumnHead className="max-md:hidden">Account</ColumnHead>
      <ColumnHead>Criteria and reason</ColumnHead>
      <ColumnHead side="right" className="max-lg:hidden">
        Changed
      </ColumnHead>
      {canTake ? (
        <ColumnHead side="right">
          <span className="sr-only">Acts</span>
        </ColumnHead>
      ) : null}
    </>
  );
}

function RuleLine({ rule, onTake }: { rule: SourceRule; onTake: OnTake }) {
  const { name, accountId, accountName, region, criteria, reason, description, updatedAt } = rule;
  return (
    <Row>
      <RowHead className="py-2 wrap-anywhere">
        <UntrustedText text={name} />
      </RowHead>
      <Cell className="max-md:hidden">
        <UntrustedText text={accountName ?? accountId} />, {region}
      </Cell>
      <Cell className="max-w-[520px] py-2">
        <code className="text-12 wrap-anywhere">
          <UntrustedText text={criteria} />
        </code>
        {reason || description ? (
          <p className="text-12 text-text-2 wrap-anywhere">
            <UntrustedText text={[reason, description].filter(Boolean).join(". ")} />
          </p>
        ) : null}
      </Cell>
      <Cell side="right" className="whitespace-nowrap text-text-2 max-lg:hidden">
        <Time at={updatedAt} />
      </Cell>
      {onTake ? (
        <Cell side="right" className="py-2 whitespace-nowrap">
          {isCarried(rule) ? (
            <Button size="small" onClick={() => onTake(rule)}>
              Make it a rule of ours…
            </Button>
          ) : (
            <span className="text-12 text-text-3">Cannot be one of ours</span>
          )}
        </Cell>
      ) : null}
    </Row>
  );
}
