"use client";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { countOf } from "#components/ui/numbers.ts";
import { useToast } from "#components/ui/toast.tsx";
import { connectAws, ROLE_TEMPLATE_ADDRESS } from "#lib/client/connections.ts";
import { useAct } from "#lib/client/use-act.ts";
import { connectAwsSchema } from "#lib/domain/connection.ts";

const FORM_ID = "connect-aws";

/** Connects AWS by the server's own credentials or a role to assume, in one or more regions. */
export function ConnectAwsDialog({ onClose }: { onClose: () => void }) {
  const toast = useToast();
  const [faults, setFaults] = useState<Record<string, string>>({});
  const connect = useAct(connectAws, {
    refresh: ["connections", "sync-runs", "sample"],
    onDone: ({ items }) => {
      toast.done(`${countOf(items.length, "connection")} made; they are tested and read now`);
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const parsed = connectAwsSchema.safeParse({
      name: form.get("name"),
      roleArn: textOrNull(form.get("roleArn")),
      externalId: textOrNull(form.get("externalId")),
      regions: String(form.get("regions"))
        .split(/[\s,]+/)
        .filter(Boolean),
    });
    setFaults(Object.fromEntries((parsed.error?.issues ?? []).map(({ path, message }) => [String(path[0]), message])));
    if (parsed.success) connect.mutate(parsed.data);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Connect AWS"
      text="Sightline only reads. Findings, coverage and code snippets come from Amazon Inspector."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" form={FORM_ID} busy={connect.isPending}>
            Connect and test
          </Button>
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="grid gap-4">
        <TextField name="name" label="Name" placeholder="production" error={faults.name} maxLength={80} />
        <TextField
          name="regions"
          label="Regions"
          placeholder="eu-west-1, us-east-1"
          error={faults.regions}
          hint="Inspector is regional: name each region it is on in, with commas between."
          spellCheck={false}
        />
        <TextField
          name="roleArn"
          label="Role to assume"
          placeholder="arn:aws:iam::123456789012:role/SightlineRead"
          error={faults.roleArn}
          hint={<RoleHint />}
          spellCheck={false}
        />
        <TextField
          name="externalId"
          label="External id"
          error={faults.externalId}
          hint="As in the role's trust policy. Leave it out where the role asks for none."
          autoComplete="off"
          spellCheck={false}
        />
        {connect.error ? <Banner kind="error">{connect.error.message}</Banner> : null}
      </form>
    </Dialog>
  );
}

function RoleHint() {
  return (
    <>
      Empty: the server's own credentials.{" "}
      <a className="link" href={ROLE_TEMPLATE_ADDRESS} download>
        Download the role's template
      </a>
      , for CloudFormation, with the least permissions.
    </>
  );
}

function textOrNull(value: FormDataEntryValue | null): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}
