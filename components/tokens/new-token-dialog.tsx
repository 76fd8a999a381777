"use client";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { LabelledCheckbox } from "#components/ui/checkbox.tsx";
import { CommandLine } from "#components/ui/command-line.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { createApiToken } from "#lib/client/people.ts";
import { useAct } from "#lib/client/use-act.ts";
import { API_TOKEN_MAX_DAYS, newApiTokenSchema, type TokenPermission } from "#lib/domain/api-token.ts";

const FORM_ID = "new-token";

/** Makes a token and shows its text this once. */
export function NewTokenDialog({ grantable, onClose }: { grantable: TokenPermission[]; onClose: () => void }) {
  const [faults, setFaults] = useState<Record<string, string>>({});
  const create = useAct(createApiToken, { refresh: ["tokens"] });
  if (create.data) return <MadeToken name={create.data.name} token={create.data.token} onClose={onClose} />;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const parsed = newApiTokenSchema.safeParse({
      name: form.get("name"),
      permissions: form.getAll("permissions"),
      expiresInDays: Number(form.get("expiresInDays")),
    });
    setFaults(Object.fromEntries((parsed.error?.issues ?? []).map(({ path, message }) => [String(path[0]), message])));
    if (parsed.success) create.mutate(parsed.data);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="New API token"
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" form={FORM_ID} busy={create.isPending}>
            Make the token
          </Button>
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="grid gap-4">
        <TextField name="name" label="Name" placeholder="GitHub, checkout-web" error={faults.name} maxLength={100} />
        <TextField
          name="expiresInDays"
          label="Ends in … days"
          type="number"
          min={1}
          max={API_TOKEN_MAX_DAYS}
          defaultValue={90}
          error={faults.expiresInDays}
        />
        <fieldset className="grid gap-1.5">
          <legend className="mb-1 font-medium">It may</legend>
          {grantable.map((permission) => (
            <LabelledCheckbox key={permission} name="permissions" value={permission}>
              <code className="text-12">{permission}</code>
            </LabelledCheckbox>
          ))}
          {faults.permissions ? (
            <p role="alert" className="text-12 text-bad-text">
              Choose at least one.
            </p>
          ) : null}
        </fieldset>
        {create.error ? <Banner kind="error">{create.error.message}</Banner> : null}
      </form>
    </Dialog>
  );
}

function MadeToken({ name, token, onClose }: { name: string; token: string; onClose: () => void }) {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Token for ${name}`}
      text="It is shown only now. Keep it where your pipeline keeps its secrets."
      actions={<Button onClick={onClose}>Done</Button>}
    >
      <CommandLine text={token} what="the token" />
    </Dialog>
  );
}
