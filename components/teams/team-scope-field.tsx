"use client";
import { useQuery } from "@tanstack/react-query";
import { Block } from "#components/ui/block.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { chooseTeamScope, teamsQuery } from "#lib/client/teams.ts";
import { useAct } from "#lib/client/use-act.ts";

/** Whose findings one's own pages open with. */
export function TeamScopeField() {
  const toast = useToast();
  const { data } = useQuery(teamsQuery());
  const choose = useAct(chooseTeamScope, { refresh: ["teams"], onFailed: toast.failed });
  if (!data || data.items.length === 0) return null;
  return (
    <Block title="Your pages" note="Only for you; a link says for itself whose findings it shows">
      <div className="max-w-80">
        <SelectField
          label="Findings, trends and SLA open with"
          value={data.scope ?? ""}
          onChange={({ target }) => choose.mutate(target.value === "" ? null : target.value)}
        >
          <option value="">Everybody's findings</option>
          {data.items.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
    </Block>
  );
}
