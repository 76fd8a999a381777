"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { dialogLater } from "#components/ui/dialog-later.tsx";
import { EmptyNotice, ErrorNotice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Cell, ColumnHead, Row, RowHead, Table } from "#components/ui/table.tsx";
import { Tag } from "#components/ui/tag.tsx";
import { Time } from "#components/ui/time.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { apiTokensQuery, revokeApiToken } from "#lib/client/people.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { ApiToken, TokenPermission } from "#lib/domain/api-token.ts";

const NewTokenDialog = dialogLater(() => import("./new-token-dialog.tsx").then((module) => module.NewTokenDialog));

/** One's own API tokens: for pipelines and scripts. */
export function TokensBlock({ grantable }: { grantable: TokenPermission[] }) {
  const [isMaking, setIsMaking] = useState(false);
  const { data, error, refetch } = useQuery(apiTokensQuery());
  const make = (
    <Button size="small" look="main" icon="plus" onClick={() => setIsMaking(true)}>
      New token
    </Button>
  );
  return (
    <Block
      title="Your API tokens"
      note="A token can do what you choose of what you may, until it ends"
      actions={make}
      flush
    >
      {error ? (
        <ErrorNotice title="The tokens did not load" text={error.message}>
          <Button onClick={() => refetch()}>Try again</Button>
        </ErrorNotice>
      ) : null}
      {!data && !error ? (
        <div className="p-3.5" aria-busy="true">
          <Skeleton width="40%" />
        </div>
      ) : null}
      {data?.items.length === 0 ? (
        <EmptyNotice
          icon="key"
          title="No token yet"
          text="Make one for a pipeline that uploads code, or a script that reads findings."
        />
      ) : null}
      {data && data.items.length > 0 ? (
        <Table caption="Your API tokens" head={<Heads />}>
          {data.items.map((token) => (
            <TokenRow key={token.id} token={token} />
          ))}
        </Table>
      ) : null}
      {isMaking ? <NewTokenDialog grantable={grantable} onClose={() => setIsMaking(false)} /> : null}
    </Block>
  );
}

function Heads() {
  return (
    <>
      <ColumnHead>Name</ColumnHead>
      <ColumnHead className="max-md:hidden">May</ColumnHead>
      <ColumnHead className="max-md:hidden">Last used</ColumnHead>
      <ColumnHead>Ends</ColumnHead>
      <ColumnHead side="right">
        <span className="sr-only">Acts</span>
      </ColumnHead>
    </>
  );
}

function TokenRow({ token }: { token: ApiToken }) {
  const toast = useToast();
  const revoke = useAct(() => revokeApiToken(token.id), {
    refresh: ["tokens"],
    onDone: () => toast.done(`${token.name} is revoked`),
    onFailed: toast.failed,
  });
  return (
    <Row>
      <RowHead>
        {token.name} <code className="text-12 font-normal text-text-3">{token.prefix}…</code>{" "}
        {token.revokedAt ? <Tag>Revoked</Tag> : null}
      </RowHead>
      <Cell className="max-w-72 truncate text-text-2 max-md:hidden" title={token.permissions.join(", ")}>
        {token.permissions.join(", ")}
      </Cell>
      <Cell className="text-text-2 max-md:hidden">{token.lastUsedAt ? <Time at={token.lastUsedAt} /> : "never"}</Cell>
      <Cell className="text-text-2">
        <Time at={token.expiresAt} />
      </Cell>
      <Cell side="right">
        {token.revokedAt ? null : (
          <Button size="small" look="danger" busy={revoke.isPending} onClick={() => revoke.mutate(undefined)}>
            Revoke
          </Button>
        )}
      </Cell>
    </Row>
  );
}
