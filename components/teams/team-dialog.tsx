"use client";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useDeferredValue, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { LabelledCheckbox } from "#components/ui/checkbox.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { TextField } from "#components/ui/field.tsx";
import { Banner } from "#components/ui/notice.tsx";
import { ApiError } from "#lib/client/api.ts";
import { peopleQuery } from "#lib/client/people.ts";
import { changeTeam, createTeam } from "#lib/client/teams.ts";
import { useAct } from "#lib/client/use-act.ts";
import type { Team, TeamRule } from "#lib/domain/team.ts";
import { toTeamId } from "#lib/domain/team-words.ts";
import { RuleFields } from "./rule-fields.tsx";
import { TeamPreviewNote } from "./team-preview-note.tsx";

const FORM_ID = "team";
const NEW_RULE: TeamRule = { kind: "account", pattern: "" };

/** Makes a team (null), or changes one; what its rules match is shown before it is saved. */
export function TeamDialog({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const [name, setName] = useState(team?.name ?? "");
  const [rules, setRules] = useState<TeamRule[]>(team?.rules ?? [NEW_RULE]);
  const [members, setMembers] = useState(team?.members ?? []);
  const written = rules.filter(({ pattern }) => pattern.trim() !== "");
  const save = useAct(
    async () => {
      const wanted = { name, rules: written, members };
      if (team) await changeTeam(team.id, wanted);
      else await createTeam(wanted);
    },
    { refresh: ["teams"], onDone: onClose },
  );
  const faultOf = (field: string) =>
    save.error instanceof ApiError ? save.error.faults.find((fault) => fault.field === field)?.message : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={team ? `Change ${team.name}` : "Add a team"}
      text="One rule that matches is enough. * stands for any text."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="main" type="submit" form={FORM_ID} busy={save.isPending}>
            {team ? "Save the team" : "Add the team"}
          </Button>
        </>
      }
    >
      <form id={FORM_ID} onSubmit={submit} className="grid gap-4">
        <TextField
          label="Name"
          required
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={faultOf("name") ?? faultOf("id")}
          hint={team ? `Filters call it ${team.id}` : `Filters will call it ${toTeamId(name) ?? "…"}`}
        />
        <RuleFields rules={rules} onChange={setRules} faultOf={(index) => faultOf(`rules.${index}.pattern`)} />
        <TeamPreviewNote id={team?.id} rules={useDeferredValue(written)} />
        <Members members={members} onChange={setMembers} />
        {save.error ? <Banner kind="error">{save.error.message}</Banner> : null}
      </form>
    </Dialog>
  );
}

function Members({ members, onChange }: { members: string[]; onChange: (members: string[]) => void }) {
  const { data } = useQuery(peopleQuery());
  const toggle = (userName: string) =>
    onChange(members.includes(userName) ? members.filter((other) => other !== userName) : [...members, userName]);
  return (
    <fieldset>
      <legend className="mb-[5px] font-medium">Members</legend>
      <div className="grid max-h-40 grid-cols-[repeat(auto-fill,minmax(140px,1fr))] gap-1.5 overflow-y-auto">
        {data?.items.map(({ id, userName }) => (
          <LabelledCheckbox key={id} checked={members.includes(userName)} onChange={() => toggle(userName)}>
            {userName}
          </LabelledCheckbox>
        ))}
      </div>
    </fieldset>
  );
}
