"use client";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Block } from "#components/ui/block.tsx";
import { Button } from "#components/ui/button.tsx";
import { CommandLine } from "#components/ui/command-line.tsx";
import { TextAreaField, TextField } from "#components/ui/field.tsx";
import { Banner, ErrorNotice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { faultAt } from "#lib/client/api.ts";
import { changeReceiver, forgetReceiver, receiverQuery, testReceiver } from "#lib/client/tickets.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { Receiver } from "#lib/domain/hand-over.ts";
import { DEFAULT_TEMPLATE, HAND_OVER_FIELD_NAMES } from "#lib/domain/hand-over-template.ts";

/** Who issues are handed over to: an address that takes signed JSON, what it is sent, and a test. */
export function ReceiverBlock() {
  const { data, error, refetch } = useQuery(receiverQuery());
  // Above the form, which begins anew with another address: a secret that was not read is lost.
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Block title="Receiver of tickets" note="A signed webhook to your ticket system, or to what stands before it">
      {error ? (
        <ErrorNotice title="The receiver did not load" text={error.message}>
          <Button onClick={() => refetch()}>Try again</Button>
        </ErrorNotice>
      ) : null}
      {data || error ? null : <Skeleton width="40%" />}
      {secret === null ? null : <NewSecret secret={secret} />}
      {data ? <ReceiverForm key={data.receiver?.url ?? ""} receiver={data.receiver} onSecret={setSecret} /> : null}
    </Block>
  );
}

type FormProps = { receiver: Receiver | null; onSecret: (secret: string | null) => void };

function ReceiverForm({ receiver, onSecret }: FormProps) {
  const toast = useToast();
  const save = useAct(changeReceiver, {
    refresh: ["receiver", "tickets"],
    onDone: (saved) => {
      if (saved.secret !== null) onSecret(saved.secret);
      toast.done("The receiver is set");
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    save.mutate({ url: String(form.get("url")), template: String(form.get("template")), newSecret: false });
  };
  const isTold = faultAt(save.error, "url") !== undefined || faultAt(save.error, "template") !== undefined;
  return (
    <form onSubmit={submit} className="grid max-w-[74ch] gap-4">
      <TextField
        name="url"
        label="Address"
        defaultValue={receiver?.url ?? ""}
        placeholder="https://hooks.example.com/sightline"
        hint="https; http on this machine itself only. Private networks are refused unless SIGHTLINE_HAND_OVER_PRIVATE allows them."
        error={faultAt(save.error, "url")}
        autoComplete="off"
        spellCheck={false}
      />
      <TextAreaField
        name="template"
        label="Body, as JSON"
        rows={10}
        defaultValue={receiver?.template ?? DEFAULT_TEMPLATE}
        hint={`Fields stand in double braces: ${HAND_OVER_FIELD_NAMES.join(", ")}.`}
        error={faultAt(save.error, "template")}
        className="font-mono text-12"
        spellCheck={false}
      />
      {save.error && !isTold ? <Banner kind="error">{save.error.message}</Banner> : null}
      <div className="flex flex-wrap gap-2">
        <Button look="main" type="submit" busy={save.isPending}>
          {receiver === null ? "Set the receiver" : "Save the receiver"}
        </Button>
        {receiver === null ? null : (
          <ReceiverActs
            isBusy={save.isPending}
            onNewSecret={() => save.mutate({ ...receiver, newSecret: true })}
            onForgotten={() => onSecret(null)}
          />
        )}
      </div>
    </form>
  );
}

function NewSecret({ secret }: { secret: string }) {
  return (
    <div className="mb-4 grid max-w-[74ch] gap-2">
      <p className="text-text-2">
        The secret is shown only now. The receiver checks <code className="text-12">webhook-signature</code> with it:
        v1, then HMAC-SHA256 over <code className="text-12">webhook-id.webhook-timestamp.body</code> in base64; the key
        is what follows <code className="text-12">whsec_</code>, out of base64.
      </p>
      <CommandLine text={secret} what="the secret" />
    </div>
  );
}

type ActsProps = { isBusy: boolean; onNewSecret: () => void; onForgotten: () => void };

function ReceiverActs({ isBusy, onNewSecret, onForgotten }: ActsProps) {
  const toast = useToast();
  const test = useAct(testReceiver, {
    refresh: ["tickets"],
    onDone: () => toast.done("A test is on its way; how it went stands below"),
    onFailed: toast.failed,
  });
  const forget = useAct(forgetReceiver, {
    refresh: ["receiver", "tickets"],
    onDone: () => {
      onForgotten();
      toast.done("The receiver is forgotten, with its secret");
    },
    onFailed: toast.failed,
  });
  return (
    <>
      <Button busy={test.isPending} onClick={() => test.mutate(undefined)}>
        Send a test
      </Button>
      <Button busy={isBusy} onClick={onNewSecret}>
        Make a new secret
      </Button>
      <Button look="danger" busy={forget.isPending} onClick={() => forget.mutate(undefined)}>
        Forget the receiver
      </Button>
    </>
  );
}
